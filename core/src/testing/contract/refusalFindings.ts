import { coreLocales } from '../../builtin/packageFolders.js';
import { declaredErrors } from '../../errors/defineError.js';
import { tryInput } from '../../errors/parseInput.js';
import { readLocales, type PluginLocales } from '../../i18n/locales.js';
import { Translator } from '../../i18n/Translator.js';
import { LANGUAGES } from '../../kernel/context.js';
import type { RouteDefinition } from '../../kernel/route.js';
import { badInputs } from './badInputs.js';
import { routeName } from './routeFindings.js';
import { wire, type ContractSubject, type Findings } from './subject.js';

/** What is answered with this status is never told to anybody: "something went wrong" stands there instead. */
const UNTOLD = 500;

/** Every error that the plugin declares, and every sentence of its forms, is said in every language. */
export function refusalFindings(subject: ContractSubject): Findings {
  const { plugin } = subject;
  const locales = [
    readLocales('core', coreLocales),
    ...[plugin, ...subject.with].flatMap(({ code, locales }) =>
      locales ? [readLocales(code, locales)] : [],
    ),
  ];
  const { routes } = wire(subject);
  const prefix = `${plugin.code.toUpperCase().replaceAll('-', '_')}_`;
  const declared = [...declaredErrors()].filter(([code]) => code.startsWith(prefix));
  const named = routes.flatMap(({ errors }) => errors.map(({ code, status }) => [code, status] as const));
  return [...codeFindings(locales, [...declared, ...named]), ...sentenceFindings(locales, routes)];
}

/** Codes that no dictionary explains. */
export function codeFindings(
  locales: readonly PluginLocales[],
  errors: Iterable<readonly [code: string, status: number]>,
): Findings {
  const words = Translator.of(locales).words('en');
  return [...new Map(errors)]
    .filter(([code, status]) => status !== UNTOLD && words.keyOfCode(code) === undefined)
    .map(([code]) => `the error ${code} has no text: add '{module}.errors.${code}' to the dictionaries`);
}

/** Sentences that pages would say in English in every language, found by sending them what does not fit. */
export function sentenceFindings(
  locales: readonly PluginLocales[],
  routes: readonly RouteDefinition[],
): Findings {
  const translator = Translator.of(locales);
  const others = LANGUAGES.filter((language) => language !== 'en').map((language) =>
    translator.words(language),
  );
  const said = new Map<string, string>();
  for (const route of routes.filter(({ kind }) => kind === 'page'))
    for (const input of badInputs(route.input)) {
      const checked = tryInput(route.input.strict(), input);
      if ('errors' in checked)
        for (const { path, message } of checked.errors)
          if (!said.has(message)) said.set(message, `${routeName(route)} at '${path}'`);
    }
  return [...said].flatMap(([sentence, where]) =>
    others
      .filter((words) => words.sentence(sentence) === sentence)
      .map(({ language }) => `${where} says in '${language}' in English: ${sentence}`),
  );
}
