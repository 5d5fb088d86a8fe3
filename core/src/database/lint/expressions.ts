import { ownRow, sameStore } from '../migrations/policies.js';

/** An expression without what PostgreSQL adds when it prints one: brackets, casts of literals, spaces. */
function plain(expression: string): string {
  return expression
    .toLowerCase()
    .replace(/::text(\[\])?/g, '')
    .replace(/[\s()]/g, '');
}

/** The parts of an expression that must all hold. */
function conjunctsOf(expression: string): string[] {
  const inner = withoutBrackets(expression.trim());
  const parts = splitAtDepthZero(inner, ' AND ');
  return parts.length === 1 ? [inner] : parts.flatMap(conjunctsOf);
}

/** Whether one of the parts that must hold is the bare comparison of a column with the session's own tenant. */
export function comparesOwn(
  expression: string | null,
  column: string,
  of: 'platform' | 'merchant' | 'store' | 'user',
): boolean {
  return (
    expression !== null && conjunctsOf(expression).some((part) => plain(part) === plain(ownRow(column, of)))
  );
}

/** Whether one of the parts that must hold is that administrators act. */
export function asksForAdministrators(expression: string | null): boolean {
  const wanted = "current_setting'app.access',true=anyarray['admin','system']";
  return expression !== null && conjunctsOf(expression).some((part) => plain(part) === wanted);
}

export function isSameStore(expression: string | null): boolean {
  return expression !== null && plain(expression) === plain(sameStore);
}

export function hasSubSelect(expression: string | null): boolean {
  return expression !== null && /\bselect\b/i.test(expression);
}

function withoutBrackets(text: string): string {
  let inner = text;
  while (inner.startsWith('(') && closes(inner) === inner.length - 1) inner = inner.slice(1, -1).trim();
  return inner;
}

/** Where the bracket that opens a text is closed. */
function closes(text: string): number {
  let depth = 0;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === '(') depth++;
    else if (text[place] === ')' && --depth === 0) return place;
  }
  return -1;
}

function splitAtDepthZero(text: string, word: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === '(') depth++;
    else if (text[place] === ')') depth--;
    // An OR at this depth means that no part must hold by itself.
    else if (depth === 0 && text.startsWith(' OR ', place)) return [text];
    else if (depth === 0 && text.startsWith(word, place)) {
      parts.push(text.slice(begin, place));
      begin = place + word.length;
    }
  }
  return [...parts, text.slice(begin)];
}
