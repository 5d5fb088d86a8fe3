import { defineError } from '../../errors/defineError.js';

/** Somebody else changed the draft or what is live since it was read. */
export const ThemeChanged = defineError<{ revision: number; by: string | null }>({
  code: 'CORE_THEME_CHANGED',
  status: 409,
  message: (d) =>
    `${d.by ?? 'Somebody'} has changed this theme in the meantime. Look at it as it is now, then decide again.`,
});

export const NoThemeDraft = defineError({
  code: 'CORE_THEME_NO_DRAFT',
  status: 409,
  message: 'There is no draft to publish: what is live is what you see.',
});
