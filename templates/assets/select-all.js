// The box in a table's head that ticks all rows of the page. It is shown only where it works.
const boxesOf = (all) => document.querySelectorAll(`input[type="checkbox"][form="${all.dataset.selectAll}"]`);
const show = () => {
  for (const all of document.querySelectorAll('[data-select-all]')) all.hidden = false;
};

show();
addEventListener('htmx:load', show);
addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  if (target.dataset.selectAll) for (const box of boxesOf(target)) box.checked = target.checked;
  const all = document.querySelector(`[data-select-all="${target.getAttribute('form')}"]`);
  if (!all) return;
  const boxes = [...boxesOf(all)];
  all.checked = boxes.every((box) => box.checked);
  all.indeterminate = !all.checked && boxes.some((box) => box.checked);
});
