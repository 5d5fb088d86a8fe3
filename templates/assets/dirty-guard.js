// Forms with `data-guard`: says that something is unsaved, and asks before the page is left with it.
const dirty = new Set();

const mark = (form, isDirty) => {
  if (isDirty) dirty.add(form);
  else dirty.delete(form);
  for (const note of form.querySelectorAll('[data-unsaved]')) note.hidden = !isDirty;
};
const guarded = ({ target }) => target instanceof Element && target.closest('form[data-guard]');

const markGiven = () => {
  for (const form of document.querySelectorAll('form[data-guard="unsaved"]')) mark(form, true);
};
markGiven();
addEventListener('htmx:afterSettle', markGiven);
// A form that saves itself is saved, unless it was refused.
addEventListener('htmx:afterRequest', ({ detail: { elt, successful, xhr } }) => {
  if (elt.matches('form[data-guard]') && successful && xhr.status < 400) mark(elt, false);
});
for (const type of ['input', 'change'])
  addEventListener(type, (event) => {
    const form = guarded(event);
    if (form) mark(form, true);
  });
addEventListener('reset', (event) => guarded(event) && mark(guarded(event), false));
addEventListener('submit', (event) => {
  // A preview beside the form saves nothing.
  if (guarded(event) && !event.submitter?.formTarget) mark(guarded(event), false);
});
addEventListener('beforeunload', (event) => {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size > 0) event.preventDefault();
});
