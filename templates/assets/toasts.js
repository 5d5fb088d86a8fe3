// Toasts can be closed; good news leaves by itself, unless the pointer or the focus is on it. What can be undone stays.
const SHOWN_MS = 8000;

const start = () => {
  for (const toast of document.querySelectorAll('.toast:not([data-ready])')) {
    toast.dataset.ready = '';
    const button = toast.querySelector('[data-toast-close]');
    button.hidden = false;
    button.addEventListener('click', () => toast.remove());
    if (toast.dataset.toast !== 'success' || toast.querySelector('form')) continue;
    const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, SHOWN_MS) : toast.remove());
    setTimeout(leave, SHOWN_MS);
  }
};

start();
addEventListener('htmx:oobAfterSwap', start);

// An answer without the part that was asked for (signed out, an error page) takes nothing away of what is typed.
addEventListener('htmx:beforeSwap', ({ detail }) => {
  const part = detail.elt?.closest('[hx-select]')?.getAttribute('hx-select');
  if (!part || !detail.shouldSwap) return;
  const answer = new DOMParser().parseFromString(detail.serverResponse, 'text/html');
  if (answer.querySelector(part)) return;
  detail.shouldSwap = false;
  detail.isError = true;
});
for (const type of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'])
  addEventListener(type, () => {
    const toast = document.getElementById('toast-failed')?.content.cloneNode(true);
    if (toast) document.getElementById('toasts')?.replaceChildren(toast);
    start();
  });
