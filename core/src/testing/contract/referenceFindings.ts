import { LANGUAGES } from '../../kernel/context.js';
import { coreLocales } from '../../builtin/packageFolders.js';
import { localeProblems } from '../../i18n/localeProblems.js';
import { sentenceProblems } from '../../identity/audit/auditSentence.js';
import { readLocales } from '../../i18n/locales.js';
import { routeName } from './routeFindings.js';
import { messageOf, wire, type ContractSubject, type Findings } from './subject.js';

const OPEN: readonly string[] = ['public', 'signed-in', 'customer'];

/** Permissions, menu items and features that routes, menu and widgets name are declared, and menu items lead somewhere. */
export function referenceFindings(subject: ContractSubject): Findings {
  const { permissions, features, menu } = subject.plugin;
  const { routes, widgets, dashboardParts } = wire(subject);
  const featureCodes = new Set(features.map(({ code }) => code));
  const needs = (
    who: string,
    {
      permission,
      feature,
    }: { readonly permission?: string | undefined; readonly feature?: string | undefined },
  ): Findings => [
    ...(permission === undefined || permission in permissions
      ? []
      : [`${who} needs the permission '${permission}', which the plugin does not declare`]),
    ...(feature === undefined || featureCodes.has(feature)
      ? []
      : [`${who} needs the feature '${feature}', which the plugin does not declare`]),
  ];
  return [
    ...routes.flatMap((route) => [
      ...needs(routeName(route), {
        permission: OPEN.includes(route.access) ? undefined : route.access,
        feature: route.feature,
      }),
      ...(route.menu === undefined ||
      menu.some(({ code, surface }) => code === route.menu && surface === route.surface)
        ? []
        : [
            `${routeName(route)} names the menu item '${route.menu}', which the plugin does not declare for ${route.surface}`,
          ]),
    ]),
    ...menu.flatMap((item) => [
      ...needs(`the menu item '${item.code}'`, item),
      ...(routes.some(
        (route) =>
          route.kind === 'page' &&
          route.method === 'GET' &&
          route.surface === item.surface &&
          route.path === item.path,
      )
        ? []
        : [
            `the menu item '${item.code}' leads to ${item.surface} ${item.path}, which is no page of the plugin`,
          ]),
    ]),
    ...widgets.flatMap((widget) => needs(`the widget '${widget.code}'`, widget)),
    ...dashboardParts.flatMap((part) => needs(`'${part.code}' on the dashboard`, part)),
  ];
}

/** Labels of menu items and permissions have a text in every language. */
export function labelFindings(subject: ContractSubject): Findings {
  const { plugin } = subject;
  const own = plugin.locales ? readQuietly(plugin.code, plugin.locales)?.messages : undefined;
  const core = readLocales('core', coreLocales).messages;
  const labels = [
    ...plugin.menu.map(({ code, label }) => [`the menu item '${code}'`, label] as const),
    ...Object.entries(plugin.permissions).map(
      ([name, { label }]) => [`the permission '${name}'`, label] as const,
    ),
    ...wire(subject).dashboardParts.flatMap(({ code, words }) =>
      words.map((word) => [`'${code}' on the dashboard`, word] as const),
    ),
  ];
  return labels.flatMap(([who, key]) =>
    LANGUAGES.filter(
      (language) => own?.[language][key] === undefined && core[language][key] === undefined,
    ).map((language) => `the label '${key}' of ${who} has no text in '${language}'`),
  );
}

/** Every text is there in every language, can be read, and takes the same parameters. */
export function localeFindings({ plugin }: ContractSubject): Findings {
  if (!plugin.locales) return [];
  try {
    return localeProblems(readLocales(plugin.code, plugin.locales));
  } catch (error) {
    return [messageOf(error)];
  }
}

/** What the plugin writes into the audit trail has sentences, and what they are about leads to pages of the plugin. */
export function trailFindings(subject: ContractSubject): Findings {
  const { code, locales, permissions, auditPages } = subject.plugin;
  const own = locales && readQuietly(code, locales);
  const { routes } = wire(subject);
  return [
    ...(own ? sentenceProblems(own) : []),
    ...Object.entries(auditPages).flatMap(([type, pages]) =>
      pages.flatMap(({ surface, path, permission }) => [
        ...(permission in permissions
          ? []
          : [
              `the page of '${type}' needs the permission '${permission}', which the plugin does not declare`,
            ]),
        ...(routes.some(
          (route) =>
            route.kind === 'page' &&
            route.method === 'GET' &&
            route.surface === surface &&
            route.path.replace(/:[^/]+/, '{id}') === path,
        )
          ? []
          : [`'${type}' leads to ${surface} ${path}, which is no page of the plugin`]),
      ]),
    ),
  ];
}

function readQuietly(code: string, folder: URL): ReturnType<typeof readLocales> | undefined {
  try {
    return readLocales(code, folder);
  } catch {
    // Its own check says what is wrong with them.
    return undefined;
  }
}
