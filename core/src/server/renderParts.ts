import { assets, icons, layouts, pages, partials } from '@wizamart/templates';
import type { AnyPlugin } from '../kernel/plugin.js';
import { AssetStore } from '../render/AssetStore.js';
import { Renderer, type RendererOptions } from '../render/Renderer.js';

/** Templates and static files of the shared package and of all plugins. */
export function renderParts(plugins: readonly AnyPlugin[]): { renderer: Renderer; assets: AssetStore } {
  const store = new AssetStore(
    new Map([
      ['core', assets],
      ...plugins.flatMap((plugin) => (plugin.assets ? [[plugin.code, plugin.assets] as const] : [])),
    ]),
  );
  const renderer = new Renderer({ assets: store, folders: templateFolders(plugins) });
  return { renderer, assets: store };
}

/** Where the shared package and the plugins keep their templates. */
export const templateFolders = (plugins: readonly AnyPlugin[]): RendererOptions['folders'] => ({
  plugins: new Map([
    ['core', pages],
    ...plugins.flatMap((plugin) => (plugin.templates ? [[plugin.code, plugin.templates] as const] : [])),
  ]),
  layouts,
  partials,
  icons,
});
