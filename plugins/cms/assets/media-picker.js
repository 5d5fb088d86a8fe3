// Shows the pictures of the library in a dialog for fields with `data-pick`; without a script there are their lists.
const dialog = document.getElementById('media-picker');
let field;

const reveal = () => {
  for (const button of document.querySelectorAll('[data-pick][hidden]')) button.hidden = false;
};

const put = (value, label) => {
  if (!field) return;
  if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === value))
    field.append(Object.assign(document.createElement('option'), { value, text: label }));
  field.value = value;
  for (const type of ['input', 'change'])
    field.dispatchEvent(new document.defaultView.Event(type, { bubbles: true }));
  dialog.close();
  field.focus();
};

const search = (words) => {
  const wanted = words.trim().toLowerCase();
  let found = 0;
  for (const item of dialog.querySelectorAll('[data-pick-label]')) {
    item.hidden = !item.dataset.pickLabel.toLowerCase().includes(wanted);
    if (!item.hidden) found++;
  }
  const none = dialog.querySelector('[data-pick-none]');
  if (none) none.hidden = found > 0;
};

if (dialog) {
  reveal();
  document.addEventListener('htmx:afterSettle', reveal);
  document.addEventListener('click', ({ target }) => {
    const opens = target.closest('[data-pick]');
    if (opens) {
      field = document.getElementById(opens.dataset.pick);
      dialog.showModal();
    }
    const picked = target.closest('[data-picked]');
    if (picked) put(picked.dataset.picked, picked.textContent.trim());
  });
  document.addEventListener('input', ({ target }) => {
    if ('pickSearch' in target.dataset) search(target.value);
  });
}
