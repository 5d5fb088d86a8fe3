// Menus made of <details class="menu"> close by Escape, by a click elsewhere, and when the focus leaves them.
const close = (menu) => {
  menu.open = false;
};
const openMenus = () => document.querySelectorAll('details.menu[open]');

addEventListener('click', ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target)) close(menu);
});
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const menu of openMenus()) {
    const held = menu.contains(document.activeElement);
    close(menu);
    if (held) menu.querySelector('summary').focus();
  }
});
addEventListener('focusin', ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target)) close(menu);
});
