import type { RouteContext } from '../../../kernel/route.js';
import type { MenuSetting } from '../../../modules/menu/MenuSettings.js';
import { MENU_SURFACES, type MenuSurface } from '../../../modules/menu/MenuChoices.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { may } from '../../views/words.js';
import { moduleTexts, type ModuleTexts } from '../modules/moduleTexts.js';

/** A platform's menu as the page shows it. @param hidden as it was sent and could not be saved */
export async function menuView(
  parts: CoreParts,
  ctx: RouteContext,
  surface: MenuSurface,
  hidden?: ReadonlySet<string>,
): Promise<Readonly<Record<string, unknown>>> {
  const texts = moduleTexts(parts, ctx);
  const { version, items } = await parts.menus.list(ctx, surface);
  const here = ctx.links.to('admin', '/menu');
  return {
    action: here,
    surface,
    version,
    isEditor: may(ctx, 'platform-admin.menu.edit'),
    problem: hidden === undefined ? null : texts.words.text('core.menuSettings.changed'),
    tabs: MENU_SURFACES.map((one) => ({
      label: texts.words.text(`core.menuSettings.surface.${one}`),
      href: `${here}?surface=${one}`,
      isCurrent: one === surface,
    })),
    sections: sectionsOf(texts, items, hidden),
  };
}

function sectionsOf(
  texts: ModuleTexts,
  items: readonly MenuSetting[],
  hidden: ReadonlySet<string> | undefined,
): object[] {
  const { words } = texts;
  const sections = new Map<string, MenuSetting[]>();
  for (const item of items) sections.set(item.section, [...(sections.get(item.section) ?? []), item]);
  return [...sections].map(([section, members]) => ({
    code: section,
    label: texts.sentence(`core.menu.${section}`),
    items: members.map((item, i) => ({
      code: item.code,
      label: words.text(item.label),
      symbol: item.icon,
      module: texts.name(item.module),
      isMandatory: item.isMandatory,
      isShown: !(hidden?.has(item.code) ?? item.isHidden),
      isFirst: i === 0,
      isLast: i === members.length - 1,
    })),
  }));
}
