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
