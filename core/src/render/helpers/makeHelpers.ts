import type { AssetStore } from '../AssetStore.js';
import type { IconSet } from '../IconSet.js';
import { KeptPartials } from '../KeptPartials.js';
import { each, unless, using, when } from './blocks.js';
import { blockTemplateHelper } from './blockTemplate.js';
import { errorText } from './errorText.js';
import type { Helper } from './helper.js';
import { iconHelper } from './icon.js';
import { jsonLd } from './jsonLd.js';
import { keptHelper, type DrawPartial } from './kept.js';
import { api, assetHelper, contentHref, contentHtml, href } from './links.js';
import { and, attr, concat, eq, list, ne, not, nth, object, or } from './logic.js';
import { page } from './pageHelper.js';
import { date, initials, money, moneyValue, number, t, time } from './text.js';

/** Everything a template may call, and nothing else: other names are compile errors. */
export function makeHelpers(
  icons: IconSet,
  assets: AssetStore,
  sharedBlocks: ReadonlySet<string>,
  drawPartial: DrawPartial,
): Readonly<Record<string, Helper>> {
  return Object.freeze({
    each,
    if: when,
    unless,
    with: using,
    t,
    errorText,
    date,
    time,
    number,
    money,
    moneyValue,
    initials,
    href,
    api,
    asset: assetHelper(assets),
    contentHref,
    contentHtml,
    eq,
    ne,
    and,
    or,
    not,
    concat,
    nth,
    list,
    object,
    attr,
    icon: iconHelper(icons),
    page,
    jsonLd,
    kept: keptHelper(new KeptPartials(), drawPartial),
    blockTemplate: blockTemplateHelper(sharedBlocks),
  } as Record<string, Helper>);
}
