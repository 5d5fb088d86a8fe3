// A form that is on its way is not sent a second time by a second press of its button.
const AGAIN_AFTER_MS = 5000;
const onTheirWay = new WeakSet();

addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  const goesElsewhere = submitter?.formTarget || form.target;
  if (event.defaultPrevented || goesElsewhere || (submitter?.formMethod || form.method) !== 'post') return;
  if (onTheirWay.has(form)) {
    event.preventDefault();
    return;
  }
  onTheirWay.add(form);
  // An answer may be a file, or never come: then the page stays, and the form must work again.
  setTimeout(() => onTheirWay.delete(form), AGAIN_AFTER_MS);
});
