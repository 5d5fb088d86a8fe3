// Copies the text of a field when its button is pressed; without a script the field is there to be selected.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      const said = document.getElementById(`${button.dataset.copy}-copied`);
      if (said) said.textContent = button.dataset.copied;
    } catch {
      field.select();
    }
  });
}
