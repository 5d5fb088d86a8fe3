// Alt with an arrow moves the block that the focus is in; the buttons do the same.
const VERBS = { ArrowUp: 'up', ArrowDown: 'down' };

document.addEventListener('keydown', (event) => {
  const verb = event.altKey && VERBS[event.key];
  const block = verb && event.target.closest('[data-block]');
  const button = block && block.querySelector(`button[value^="${verb}:"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
