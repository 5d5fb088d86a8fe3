import type { MessageParams } from '../../i18n/message.js';
import type { Translator } from '../../i18n/Translator.js';
import type { RouteContext } from '../../kernel/route.js';

/** Texts of the request's language, for views that are put together from data. */
export type Words = (key: string, values?: MessageParams) => string;

export const wordsOf =
  ({ translator }: { readonly translator: Translator }, ctx: RouteContext): Words =>
  (key, values) =>
    translator.t(ctx.language, key, values, ctx.platform.defaultLanguage);

/** Whether the person of the request holds a permission here. */
export const may = ({ actor }: RouteContext, permission: string): boolean =>
  actor.kind === 'user' && actor.permissions.has(permission);

export const isSuperAdmin = ({ actor }: RouteContext): boolean => actor.kind === 'user' && actor.isSuperAdmin;
