// In the command palette arrows move between the field and what was found; Enter in the field opens the first result.
const linksOf = (palette) => [...palette.querySelectorAll('[data-command]')];

addEventListener('keydown', (event) => {
  const palette = event.target instanceof Element && event.target.closest('[data-command-palette]');
  if (!palette || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const field = palette.querySelector('input[type=search]');
  const stops = [field, ...linksOf(palette)];
  const step = event.key === 'ArrowDown' ? 1 : -1;
  const at = stops.indexOf(document.activeElement);
  event.preventDefault();
  stops[(at + step + stops.length) % stops.length].focus();
});

addEventListener('submit', (event) => {
  const palette = event.target instanceof Element && event.target.closest('[data-command-palette]');
  const [first] = palette ? linksOf(palette) : [];
  if (!first || first.closest('.htmx-request')) return;
  event.preventDefault();
  first.click();
});
