// Colour fields: shows the picker beside the written colour (without a script there is the writing alone) and keeps
// the two the same.
const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const long = (hex) => (hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}` : hex);
const pickers = () => document.querySelectorAll('input[data-picks]');
const writtenAt = (picker) => document.getElementById(picker.dataset.picks);

const follow = (picker) => {
  const written = writtenAt(picker);
  if (written && HEX.test(written.value.trim())) picker.value = long(written.value.trim());
};
const show = () => {
  for (const picker of pickers()) {
    picker.hidden = false;
    follow(picker);
  }
};
show();
addEventListener('htmx:afterSettle', show);
// Before anybody else hears of the change: what is sent is what is written.
addEventListener(
  'input',
  ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.dataset.picks) {
      const written = writtenAt(target);
      if (written) written.value = target.value;
    } else if (target.id) for (const picker of pickers()) if (picker.dataset.picks === target.id) follow(picker);
  },
  true,
);
