// Alt with an arrow moves the block that the focus is in; the buttons do the same.
const VERBS = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };

document.addEventListener('keydown', (event) => {
  const verb = event.altKey && VERBS[event.key];
  const block = verb && event.target.closest('[data-block]');
  // A block that says where it stands may hold others.
  const at = block && block.dataset.block;
  const button =
    block && block.querySelector(at ? `button[value="${verb}:${at}"]` : `button[value^="${verb}:"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
