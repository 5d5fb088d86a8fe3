import type { Language } from '../../../kernel/context.js';
import { dateFormat } from '../../../render/intlFormats.js';
import { intlLocale } from '../../../i18n/intlLocale.js';
import type { Words } from '../../views/words.js';

const MINUTE = 60_000,
  HOUR = 60 * MINUTE,
  DAY = 24 * HOUR;
const ZONE = 'Europe/Luxembourg';

/** How long ago something was, as people say it: "12 min ago", "Yesterday 16:04", "17 Nov 2026". */
export function agoText(t: Words, language: Language, at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < MINUTE) return t('core.ago.now');
  if (passed < HOUR) return t('core.ago.minutes', { count: Math.floor(passed / MINUTE) });
  if (dayOf(at) === dayOf(now)) return t('core.ago.hours', { count: Math.floor(passed / HOUR) });
  if (dayOf(at) === dayOf(new Date(now.getTime() - DAY)))
    return t('core.ago.yesterday', { time: clock(language).format(at) });
  return dateFormat(language, 'medium', false, false).format(at);
}

/** The day on the tenants' calendar. */
const days = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE });
const dayOf = (at: Date): string => days.format(at);

const clocks = new Map<Language, Intl.DateTimeFormat>();
function clock(language: Language): Intl.DateTimeFormat {
  let format = clocks.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(intlLocale(language), { timeZone: ZONE, timeStyle: 'short' });
    clocks.set(language, format);
  }
  return format;
}
