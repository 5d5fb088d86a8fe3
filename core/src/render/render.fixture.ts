import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as packaged from '@wizamart/templates';
import { coreLocales } from '../builtin/packageFolders.js';
import { readLocales } from '../i18n/locales.js';
import { Translator } from '../i18n/Translator.js';
import type { LinkBuilder } from '../kernel/context.js';
import { AssetStore } from './AssetStore.js';
import type { PageFrame } from './PageFrame.js';
import { Renderer } from './Renderer.js';

/** A frame as a page of a platform in English has it; `extra` overrides. */
export function testFrame(extra: Partial<PageFrame> = {}): PageFrame {
  const language = extra.language ?? 'en';
  return {
    surface: 'platform',
    language,
    words: testTranslator.words(language),
    links: testLinks,
    snapshot: { key: 'test', isOn: () => true },
    blocks: new Map(),
    siteName: 'Test site',
    homeHref: '/',
    theme: null,
    title: 'Untitled',
    description: null,
    canonical: null,
    alternates: [],
    robots: null,
    languages: [],
    menu: [],
    footerMenu: [],
    user: null,
    signInHref: null,
    siteAction: null,
    workplace: null,
    flash: null,
    notices: [],
    scheme: 'system',
    preferences: null,
    ...extra,
  };
}

export const testTranslator = Translator.of([readLocales('core', coreLocales)]);

const testLinks: LinkBuilder = {
  to: (surface, address) => `/at/${surface}${address}`,
  api: (address) => `/api/v1${address}`,
  canonical: (address) => `https://example.lu${address}`,
};

/** A renderer over the shared templates and the given files of a plugin `shop`; call `remove` at the end. */
export function testRenderer(files: Readonly<Record<string, string>> = {}): {
  renderer: Renderer;
  remove: () => void;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'templates-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const { layouts, partials, icons, pages } = packaged;
  const plugins = new Map([
    ['core', pages],
    ['shop', pathToFileURL(`${folder}/shop/`)],
    ['other', pathToFileURL(`${folder}/other/`)],
  ]);
  const renderer = new Renderer({
    folders: { plugins, layouts, partials, icons },
    assets: new AssetStore(new Map([['core', packaged.assets]])),
  });
  return { renderer, remove: () => rmSync(folder, { recursive: true }) };
}
