import { LRUCache } from 'lru-cache';
import type { ThemeRecord } from '../../kernel/context.js';
import { boundedCount } from '../boundedCount.js';
import { compileTheme } from '../theme/compileTheme.js';
import { THEME_PRESETS } from '../theme/presets.js';
import { themeSchema } from '../theme/themeSchema.js';

/** Compiled themes by what is stored, so that stores with the same theme share one. */
export class ThemeMemory {
  readonly #compiled = new LRUCache<string, ThemeRecord>(boundedCount(5_000));

  /** A stored theme that today's schema refuses is replaced by the plain one: pages must not fail for their colours. */
  compile(stored: unknown): ThemeRecord {
    const key = JSON.stringify(stored);
    const known = this.#compiled.get(key);
    if (known) return known;
    const { data } = themeSchema.safeParse(stored);
    const compiled = compileTheme(data ?? THEME_PRESETS.modern);
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
