// Opens and closes dialogs by `commandfor` and `command` in browsers that do not know them; closes by a click beside.
const native = 'command' in HTMLButtonElement.prototype;

addEventListener('click', (event) => {
  const { target } = event;
  if (target instanceof HTMLDialogElement && target.open) return target.close();
  const button = !native && target instanceof Element && target.closest('button[commandfor]');
  const dialog = button && document.getElementById(button.getAttribute('commandfor'));
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute('command') === 'show-modal') dialog.showModal();
  else dialog.close();
});

// Ctrl K or Cmd K: the command palette.
addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const palette = document.getElementById('command-palette');
  if (!(palette instanceof HTMLDialogElement)) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else palette.showModal();
});
