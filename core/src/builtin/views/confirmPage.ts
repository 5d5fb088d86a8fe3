import { view, type View } from '../../kernel/route.js';
import { headOf, type PageHead } from './adminList.js';

/** Asks on a page of its own; what a dialog shows to who has a script, too. */
export const confirmPage = ({
  head,
  ...confirm
}: {
  readonly head: PageHead;
  readonly title: string;
  readonly text: string;
  readonly consequences: readonly string[];
  readonly action: string;
  readonly submit: string;
  readonly cancel: string;
  readonly danger: boolean;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}): View => view('core/admin-confirm', { head: headOf(head), fields: [], ...confirm });
