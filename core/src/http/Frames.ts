import type { Hooks } from '../hooks/Hooks.js';
import type { Translator } from '../i18n/Translator.js';
import type { Language } from '../kernel/context.js';
import { siteNavigation, type SiteLink } from '../kernel/navigation.js';
import type { Snapshot } from '../kernel/snapshot/Snapshot.js';
import { upgradePath } from '../kernel/upgradePath.js';
import type { Entitlements } from '../modules/entitlements/Entitlements.js';
import type { MenuSettings } from '../modules/menu/MenuSettings.js';
import {
  LANGUAGE_NAMES,
  type LanguageChoice,
  type MenuEntry,
  type MenuGroup,
  type PageFrame,
} from '../render/PageFrame.js';
import type { Words } from '../i18n/Words.js';
import { DashboardMenus, type MenuFigures } from './DashboardMenus.js';
import { frameTheme } from './frameTheme.js';
import { wordedFlash } from './flash/FlashCookie.js';
import { NO_VISIT, preferencesOf, type Visit } from './preferences.js';
import { makeLinks } from '../tenancy/links.js';
import type { RequestContext } from './RequestContext.js';

/** Texts and block templates of a snapshot; the same for all requests it serves. */
interface SnapshotTexts {
  readonly translator: Translator;
  readonly blocks: ReadonlyMap<string, string>;
}

/** Builds what stands around a page: menu, languages, theme, who is signed in. */
export class Frames {
  readonly #texts = new WeakMap<Snapshot, SnapshotTexts>();
  readonly #dashboardMenus: DashboardMenus;

  constructor(
    private readonly deps: {
      readonly translator: Translator;
      readonly hooks: Hooks;
      readonly entitlements: Entitlements;
      readonly menus: MenuSettings;
      /** How much is behind entries of menus; left out: entries say none. */
      readonly menuCounts?: MenuFigures;
    },
  ) {
    this.#dashboardMenus = new DashboardMenus(deps);
  }

  /**
   * @param menuItem the menu item that the page belongs to
   * @param visit what the browser brought; nothing on pages that are the same for everybody
   */
  async frameFor(
    ctx: RequestContext,
    menuItem: string | undefined,
    visit: Visit = NO_VISIT,
  ): Promise<PageFrame> {
    const texts = this.textsOf(ctx.snapshot);
    const words = texts.translator.words(ctx.language, ctx.platform.defaultLanguage);
    const { surface } = ctx;
    const isPublic = surface === 'platform' || surface === 'storefront';
    const menus = isPublic
      ? await this.#publicMenus(ctx)
      : { header: await this.#dashboardMenus.of(ctx, words, menuItem), footer: [], siteAction: null };
    const languages = isPublic ? publicLanguages(ctx) : [];
    const owner = ctx.store ?? ctx.platform;
    const { theme } = owner;
    return {
      surface: surface === 'webhook' ? 'platform' : surface,
      language: ctx.language,
      words,
      links: ctx.links,
      snapshot: ctx.snapshot,
      blocks: texts.blocks,
      siteName: (ctx.store ?? ctx.platform).name,
      homeHref: this.#home(ctx),
      theme: isPublic
        ? frameTheme(theme, (path) => ctx.links.to(surface, path, owner.defaultLanguage))
        : null,
      title: '',
      description: null,
      canonical: isPublic ? ctx.links.canonical(ctx.resolution.path) : null,
      alternates: languages.map(({ code }) => ({
        language: code,
        href: ctx.links.canonical(ctx.resolution.path, code),
      })),
      robots: isPublic ? null : 'noindex',
      languages,
      menu: menus.header,
      footerMenu: menus.footer,
      user: userOf(ctx),
      signInHref: signInOf(ctx),
      siteAction: menus.siteAction ?? null,
      workplace: isPublic ? null : workplaceOf(ctx),
      upgradeHref: await this.#upgrade(ctx),
      flash: wordedFlash(visit.flash, words),
      impersonation: isPublic ? null : impersonationOf(ctx, words),
      notices: noticesOf(ctx, words),
      scheme: visit.scheme,
      preferences: isPublic ? null : preferencesOf(ctx, visit),
    };
  }

  textsOf(snapshot: Snapshot): SnapshotTexts {
    let texts = this.#texts.get(snapshot);
    if (!texts) {
      texts = {
        translator: this.deps.translator.only((code) => code === 'core' || snapshot.isOn(code)),
        blocks: new Map([...snapshot.blocks].map(([type, block]) => [type, block.template])),
      };
      this.#texts.set(snapshot, texts);
    }
    return texts;
  }

  async #upgrade(ctx: RequestContext): Promise<string | null> {
    if (ctx.surface !== 'store' || !ctx.store) return null;
    const { path } = await this.deps.hooks.run(ctx, upgradePath, { path: null });
    return path === null ? null : ctx.links.to('store', path);
  }

  #home(ctx: RequestContext): string {
    return ctx.links.to(ctx.surface === 'webhook' ? 'platform' : ctx.surface, '/');
  }

  async #publicMenus(
    ctx: RequestContext,
  ): Promise<Pick<PageFrame, 'siteAction'> & Record<'header' | 'footer', readonly MenuGroup[]>> {
    const surface = ctx.surface as 'platform' | 'storefront';
    const links = await this.deps.hooks.run(ctx, siteNavigation, { header: [], footer: [] });
    const entry = (link: SiteLink): MenuEntry => siteEntry(ctx, surface, link);
    const action = links.action && entry(links.action);
    return {
      siteAction: action?.href ? { label: action.label, href: action.href } : null,
      header: groupOf('header', links.header.map(entry)),
      footer: footerGroups(links.footer.map(entry)),
    };
  }
}

function siteEntry(
  ctx: RequestContext,
  surface: 'platform' | 'storefront',
  { label, path, children }: SiteLink,
): MenuEntry {
  const href = path === null ? null : path.startsWith('/') ? ctx.links.to(surface, path) : path;
  return {
    code: path ?? label,
    label,
    href,
    icon: null,
    isCurrent: path === ctx.resolution.path,
    ...(children === undefined ? {} : { children: children.map((child) => siteEntry(ctx, surface, child)) }),
  };
}

const groupOf = (code: string, items: readonly MenuEntry[], label: string | null = null): MenuGroup[] =>
  items.length === 0 ? [] : [{ code, label, items }];

/** At the foot a heading is a column of its own; single links stand in the first. */
function footerGroups(entries: readonly MenuEntry[]): MenuGroup[] {
  const columns = entries
    .filter((entry) => entry.href === null)
    .flatMap(({ label, children = [] }, index) => groupOf(`footer-${index + 1}`, children, label));
  return [
    ...groupOf(
      'footer',
      entries.filter((entry) => entry.href !== null),
    ),
    ...columns,
  ];
}

function publicLanguages(ctx: RequestContext): LanguageChoice[] {
  const { languages } = ctx.store ?? ctx.platform;
  if (languages.length < 2) return [];
  const surface = ctx.surface as 'platform' | 'storefront';
  return languages.map((code: Language) => ({
    code,
    name: LANGUAGE_NAMES[code],
    href: ctx.links.to(surface, ctx.resolution.path, code),
    isCurrent: code === ctx.language,
  }));
}

function userOf(ctx: RequestContext): PageFrame['user'] {
  const { actor, surface } = ctx;
  if (actor.kind === 'customer') {
    return {
      name: actor.name,
      email: actor.email,
      signOutAction: ctx.links.to('storefront', '/storefront/account/logout'),
      profileHref: null,
    };
  }
  if (actor.kind !== 'user' || (surface !== 'admin' && surface !== 'store')) return null;
  return {
    name: actor.name,
    email: actor.email,
    signOutAction: ctx.links.to(surface, '/logout'),
    profileHref: surface === 'admin' || ctx.store ? ctx.links.to(surface, '/profile') : null,
    ownMenuHref: surface === 'admin' || ctx.store ? ctx.links.to(surface, '/own-menu') : null,
  };
}

/** Customers sign in at their store; on a platform's own site those who run a store do, above the stores. */
function signInOf({ surface, links }: RequestContext): string | null {
  if (surface === 'storefront') return links.to('storefront', '/storefront/account/login');
  return surface === 'platform' ? links.to('store', '/') : null;
}

function workplaceOf(ctx: RequestContext): PageFrame['workplace'] {
  if (ctx.surface === 'store') {
    return ctx.store
      ? { name: ctx.store.name, detail: ctx.platform.name, switchHref: pickerOf(ctx) }
      : { name: ctx.platform.name, detail: null, switchHref: null };
  }
  return { name: ctx.platform.name, detail: ctx.platform.domain, switchHref: null };
}

/** Above the stores, where another one is chosen; for who has another one. */
function pickerOf(ctx: RequestContext): string | null {
  const { actor, platform, resolution } = ctx;
  if (actor.kind !== 'user' || actor.hasChoice !== true || actor.impersonator) return null;
  return makeLinks({ platform, store: null, surface: 'store', base: resolution.base }, ctx.language).to(
    'store',
    '/',
  );
}

function noticesOf({ store, actor }: RequestContext, words: Words): PageFrame['notices'] {
  const warnings = [
    ...(store?.status === 'suspended' ? ['core.notices.storeSuspended'] : []),
    ...(actor.kind === 'user' && actor.mustSetUpTotp ? ['core.security.totpDemanded'] : []),
  ];
  return warnings.map((key) => ({ kind: 'warning', text: words.text(key) }));
}

/** Who acts as whom, on every page, with the way out. */
export function impersonationOf(
  ctx: RequestContext,
  words: Words,
): NonNullable<PageFrame['impersonation']> | null {
  const { actor } = ctx;
  if (actor.kind !== 'user' || !actor.impersonator) return null;
  return {
    text: words.text('core.impersonation.banner', { admin: actor.impersonator.email, member: actor.email }),
    stopAction: ctx.links.to('store', '/impersonation/stop'),
  };
}
