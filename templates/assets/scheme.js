// Light, dark or as the system: shown at once, and kept by the server without loading the page again.
addEventListener('click', (event) => {
  const button = event.target instanceof Element && event.target.closest('[data-scheme-choice]');
  if (!button) return;
  event.preventDefault();
  document.documentElement.dataset.scheme = button.value;
  for (const other of document.querySelectorAll('[data-scheme-choice]')) other.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
  button.closest('details').open = false;
  const body = new URLSearchParams({ scheme: button.value });
  fetch(button.form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => button.form.requestSubmit(button));
});
