import type { ThemeRecord } from '../kernel/context.js';
import type { FrameTheme } from '../render/PageFrame.js';

/** A theme as layouts need it. @param link address of a path of the tenant's public pages, in no language */
export function frameTheme(theme: ThemeRecord, link: (path: string) => string): FrameTheme {
  const picture = (address: string | null): string | null =>
    address?.startsWith('/') === true ? link(address) : address;
  const { logo, favicon, banner } = theme.branding;
  return {
    address: link(`/theme.${theme.hash}.css`),
    hash: theme.hash,
    logo: picture(logo),
    favicon: picture(favicon),
    banner: picture(banner),
    fonts: theme.fonts,
    header: theme.layout['header'] ?? 'bar',
  };
}
