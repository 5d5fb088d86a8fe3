import type { RouteContext } from '../../../kernel/route.js';
import { sentenceKeyOf } from '../../../identity/audit/auditSentence.js';
import { moduleTexts } from '../../platform-admin/modules/moduleTexts.js';
import type { CoreParts } from '../CoreParts.js';

export interface ActionChoice {
  readonly value: string;
  readonly label: string;
}

/** What the trail may be narrowed to: per module everything of it, then each of its sentences. */
export function actionChoices(
  parts: Pick<CoreParts, 'audit' | 'states' | 'translator'>,
  ctx: RouteContext,
): { readonly label: string; readonly options: readonly ActionChoice[] }[] {
  const texts = moduleTexts(parts, ctx);
  const { words } = texts;
  return [...(parts.audit.actions ?? [])]
    .filter(([, actions]) => actions.length > 0)
    .map(([module, actions]) => ({
      label: texts.name(module),
      options: [
        { value: `${module}.`, label: words.text('core.audit.allOf', { module: texts.name(module) }) },
        ...actions.map((value) => ({
          value,
          label: asHeading(words.text(sentenceKeyOf(value), { subject: '…' }), ctx.language),
        })),
      ],
    }));
}

/** What follows a name in a sentence begins one here. */
const asHeading = (text: string, language: string): string =>
  text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
