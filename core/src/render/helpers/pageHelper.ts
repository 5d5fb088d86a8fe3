import { LAYOUTS, type PageHead } from '../PageFrame.js';
import { described, HelperMisuse, type HelperCall } from './helper.js';

const WIDTHS: readonly unknown[] = ['narrow', 'normal', 'wide'];
const CHECKS: { readonly [Name in keyof PageHead]: (value: unknown) => boolean } = {
  title: (value) => typeof value === 'string',
  description: isTextOrNull,
  robots: isTextOrNull,
  canonical: isTextOrNull,
  alternates: (value) => Array.isArray(value),
  social: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  structuredData: (value) => Array.isArray(value),
  layout: (value) => (LAYOUTS as readonly unknown[]).includes(value),
  width: (value) => WIDTHS.includes(value),
};

/** `{{page layout='auth' title=(t 'core.login.title') robots='noindex'}}`: what a template says about its page. Prints nothing. */
export function page(call: HelperCall): string {
  const head = call.data.head as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(call.hash)) {
    const isRight = CHECKS[name as keyof PageHead];
    if (!isRight) throw new HelperMisuse(call, `page takes ${Object.keys(CHECKS).join(', ')}, not '${name}'`);
    if (!isRight(value)) throw new HelperMisuse(call, `page cannot set ${name} to ${described(value)}`);
    head[name] = value;
  }
  return '';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
