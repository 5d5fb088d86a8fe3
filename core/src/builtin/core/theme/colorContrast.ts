import type { SchemeContrast } from '../../../tenancy/theme/contrastReport.js';
import type { Words } from '../../views/words.js';

export const COLORS = ['primary', 'secondary', 'accent', 'background', 'text'] as const;
export type ColorName = (typeof COLORS)[number];

/** The pair of derived colours that says how well a chosen one can be read. */
const PAIR: Readonly<Record<ColorName, readonly [text: string, ground: string]>> = {
  primary: ['primary-text', 'background'],
  secondary: ['on-secondary', 'secondary'],
  accent: ['on-accent', 'accent'],
  background: ['muted', 'surface'],
  text: ['text', 'background'],
};

export const contrastId = (group: 'colors' | 'dark', color: ColorName): string =>
  `contrast-${group}-${color}`;

/** What stands below a colour's field; null where there is no such palette. */
export function colorContrast(
  report: SchemeContrast | undefined,
  color: ColorName,
  t: Words,
): Record<string, unknown> | null {
  const [text, ground] = PAIR[color];
  const row = report?.rows.find((one) => one.text === text && one.ground === ground);
  if (!row) return null;
  return {
    ratio: row.ratio,
    least: row.least,
    isMet: row.ratio >= row.least,
    label: t('core.theme.on', { text: t(`core.theme.role.${text}`), ground: t(`core.theme.role.${ground}`) }),
    note: row.instead && t('core.theme.readAs', { used: row.textColor }),
    textColor: row.textColor,
    groundColor: row.groundColor,
  };
}
