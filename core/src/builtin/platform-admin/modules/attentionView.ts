import type { RouteContext } from '../../../kernel/route.js';
import type { AttentionItem } from '../../../modules/attention/ModuleAttention.js';
import type { ModuleTexts } from './moduleTexts.js';

/** One thing to look at, in words. */
export interface AttentionView {
  readonly text: string;
  readonly href: string | null;
}

/** Fields are called by their labels, wherever a sentence names one. */
export function attentionView(
  ctx: RouteContext,
  texts: ModuleTexts,
  { module, text, values, path }: AttentionItem,
): AttentionView {
  const field = values['field'];
  const shown =
    typeof field === 'string'
      ? { ...values, field: texts.field(module, { name: field, title: null }) }
      : values;
  return {
    text: texts.sentence(text, shown),
    href: path === null ? null : ctx.links.to('admin', path),
  };
}
