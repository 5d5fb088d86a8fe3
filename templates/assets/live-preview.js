// Forms with `data-preview`: presses the button `data-preview-submit` (with formaction and formtarget of a frame)
// a moment after each change. Without a script the button does it when pressed.
const DELAY_MS = 500;
const waiting = new WeakMap();

addEventListener('input', ({ target }) => {
  const form = target instanceof Element && target.closest('form[data-preview]');
  const button = form && form.querySelector('[data-preview-submit]');
  if (!button) return;
  clearTimeout(waiting.get(form));
  waiting.set(
    form,
    setTimeout(() => form.isConnected && form.requestSubmit(button), DELAY_MS),
  );
});

// A form that htmx has brought anew, or that came with changes that are not saved, is shown as it is.
const showNow = () => {
  const form = document.querySelector('form[data-preview="now"]');
  const button = form && form.querySelector('[data-preview-submit]');
  if (button) form.requestSubmit(button);
};
addEventListener('htmx:afterSettle', showNow);
showNow();
