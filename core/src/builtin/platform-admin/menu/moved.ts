import type { MenuSetting } from '../../../modules/menu/MenuSettings.js';

/**
 * The order after one item has changed places with its neighbour in the same section.
 *
 * @param move `code:up` or `code:down`; anything else leaves the order as it is
 */
export function moved(
  items: readonly Pick<MenuSetting, 'code' | 'section'>[],
  order: readonly string[],
  move: string | undefined,
): string[] {
  const [code = '', direction] = (move ?? '').split(':');
  const section = items.find((item) => item.code === code)?.section;
  const together = order.filter((one) => items.find((item) => item.code === one)?.section === section);
  const neighbour = together[together.indexOf(code) + (direction === 'up' ? -1 : 1)];
  if (section === undefined || neighbour === undefined || (direction !== 'up' && direction !== 'down'))
    return [...order];
  return order.map((one) => (one === code ? neighbour : one === neighbour ? code : one));
}
