// Buttons that copy what stands in a field. Shown only where the browser lets them.
const show = () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
};

show();
addEventListener('htmx:load', show);
addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null;
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  field.select();
  await navigator.clipboard.writeText(field.value);
});
