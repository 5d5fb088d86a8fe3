import { LANGUAGES } from '../../kernel/context.js';
import { parametersOf, parseMessage } from '../../i18n/parseMessage.js';
import type { PluginLocales } from '../../i18n/locales.js';

const GROUP = '.audited.';

/**
 * Key of the sentence that says what an action of the trail was: `core.session.opened` → `core.audited.session.opened`.
 * A module declares its actions by writing their sentences: what follows the name of who acted, with `{subject}` where
 * it was done to something, e.g. `published the page “{subject}”`.
 */
export const sentenceKeyOf = (action: string): string => action.replace('.', GROUP);

/** The actions that a key is the sentence of; undefined for other texts. */
function actionOfKey(key: string): string | undefined {
  return key.includes(GROUP) ? key.replace(GROUP, '.') : undefined;
}

/** The actions of the trail that a module has sentences for, in the order of its texts. */
export const actionsOf = ({ messages }: PluginLocales): string[] =>
  Object.keys(messages.en).flatMap((key) => actionOfKey(key) ?? []);

/** What is wrong with the sentences of a module's actions. An empty list means well. */
export function sentenceProblems(locales: PluginLocales): string[] {
  const { code, messages } = locales;
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(messages[language])));
  return [...keys].flatMap((key) => {
    const action = actionOfKey(key);
    if (action === undefined) return [];
    if (!/^[a-z][a-z0-9-]*(\.[a-z][a-zA-Z0-9_]*){2}$/.test(action))
      return [`plugin '${code}': '${key}' is the sentence of no action 'plugin.noun.past'`];
    return LANGUAGES.flatMap((language) => {
      const message = messages[language][key];
      if (message === undefined)
        return [`plugin '${code}': the action '${action}' has no sentence in '${language}'`];
      const others = parametersOf(parseMessage(message)).filter((name) => name !== 'subject');
      return others.map(
        (name) => `plugin '${code}': '${key}' takes {${name}} in '${language}', but is given {subject} alone`,
      );
    });
  });
}
