import Handlebars from 'handlebars';
import type { AssetStore } from '../AssetStore.js';
import type { PageFrame } from '../PageFrame.js';
import { described, HelperMisuse, textArgument, type Helper, type HelperCall } from './helper.js';

const SURFACES: readonly unknown[] = ['platform', 'admin', 'store', 'storefront'];
const SAFE_SCHEME = /^(https?:|mailto:|tel:|#)/i;

/**
 * `{{href 'admin' '/pages/{id}' id=page.id tab='seo'}}`: the address of a page of a surface.
 *
 * Places in braces are filled from the hash, encoded; what remains of the hash becomes the query, where null,
 * undefined and '' are left out.
 */
export function href(surface: unknown, path: unknown, call: HelperCall): string {
  if (!SURFACES.includes(surface))
    throw new HelperMisuse(call, `href takes a surface (${SURFACES.join(', ')}), not ${described(surface)}`);
  const used = new Set<string>();
  const filled = textArgument(path, 'the path of href', call).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = call.hash[name];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new HelperMisuse(call, `href needs '${name}', and it is ${described(value)}`);
    used.add(name);
    return encodeURIComponent(value);
  });
  return call.data.frame.links.to(surface as PageFrame['surface'], filled) + queryOf(call.hash, used);
}

/** `{{api '/pages/{id}' id=page.id}}`: an API address of this surface. */
export function api(path: unknown, call: HelperCall): string {
  const filled = textArgument(path, 'the path of api', call).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(call.hash[name])),
  );
  return call.data.frame.links.api(filled);
}

/** `{{asset 'core' 'site.css'}}`: the address of a static file, with its content's hash. */
export const assetHelper =
  (assets: AssetStore): Helper =>
  (code: unknown, file: unknown, call: HelperCall): string => {
    try {
      return assets.address(
        textArgument(code, 'the plugin of asset', call),
        textArgument(file, 'the file of asset', call),
      );
    } catch (error) {
      throw error instanceof HelperMisuse
        ? error
        : new HelperMisuse(call, (error as Error).message, { cause: error });
    }
  };

/** `{{contentHref block.href}}`: an address written in content; `/pricing` leads below the site's own root. */
export function contentHref(target: unknown, call: HelperCall): string {
  const address = textArgument(target, 'the address of contentHref', call);
  if (address.startsWith('/') && !address.startsWith('//'))
    return call.data.frame.links.to(publicSurface(call.data.frame), address);
  return SAFE_SCHEME.test(address) ? address : '#';
}

/**
 * `{{contentHtml block.html}}`: HTML that was sanitised when it was saved, with its own-site links led below
 * the site's root. The only way for content's markup into a page; never give it anything else.
 */
export function contentHtml(html: unknown, call: HelperCall): unknown {
  const { frame } = call.data;
  let markup = textArgument(html, 'the markup of contentHtml', call);
  if (markup.includes('href="/')) {
    markup = markup.replace(
      / href="(\/(?!\/)[^"]*)"/g,
      (_, address: string) => ` href="${frame.links.to(publicSurface(frame), address)}"`,
    );
  }
  return new Handlebars.SafeString(markup);
}

const publicSurface = (frame: PageFrame): 'platform' | 'storefront' =>
  frame.surface === 'storefront' || frame.surface === 'store' ? 'storefront' : 'platform';

function queryOf(hash: Readonly<Record<string, unknown>>, used: ReadonlySet<string>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(hash)) {
    if (!used.has(name) && value !== null && value !== undefined && value !== '')
      query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}
