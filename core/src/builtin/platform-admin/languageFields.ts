import { LANGUAGES } from '../../kernel/context.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import type { Words } from '../views/words.js';

/** Which languages a platform or a store speaks, and which one first. */
export function languageFields(t: Words) {
  const options = LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] }));
  return [
    { name: 'languages', label: t('core.platform.languages'), kind: 'boxes', options },
    {
      name: 'defaultLanguage',
      label: t('core.platform.defaultLanguage'),
      kind: 'select',
      options,
      required: true,
    },
  ] as const;
}
