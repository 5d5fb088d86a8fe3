import { defineError } from '../../errors/defineError.js';

export const MenuItemUnknown = defineError<{ surface: string; item: string }>({
  code: 'MENU_ITEM_UNKNOWN',
  status: 422,
  message: (d) =>
    `The ${d.surface} menu has no item '${d.item}' here. Take it out, or turn on the module that brings it.`,
});
export const MenuItemMandatory = defineError<{ surface: string; item: string }>({
  code: 'MENU_ITEM_MANDATORY',
  status: 422,
  message: (d) => `The item '${d.item}' of the ${d.surface} menu is always shown.`,
});
export const MenuChanged = defineError<{ surface: string }>({
  code: 'MENU_CHANGED',
  status: 409,
  message:
    'Somebody else has changed this menu in the meantime. Look at it as it is now and change it again.',
});
