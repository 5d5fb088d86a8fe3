/** What a message is made of: text, `#` (the number of the plural around it), or a place for a parameter. */
export type MessagePart =
  | string
  | { readonly kind: 'hash' }
  | { readonly kind: 'text'; readonly name: string }
  | { readonly kind: 'number'; readonly name: string }
  | {
      readonly kind: 'plural' | 'select';
      readonly name: string;
      readonly cases: ReadonlyMap<string, readonly MessagePart[]>;
      readonly other: readonly MessagePart[];
    };

const PLURAL_CASE = /^(zero|one|two|few|many|other|=\d+)$/;

/**
 * Reads the part of ICU's message syntax that is used here: `{name}`, `{name, number}`,
 * `{name, plural, =0 {…} one {…} other {# …}}` and `{name, select, a {…} other {…}}`.
 *
 * The apostrophe has no meaning of its own, so French needs no doubling; a literal brace cannot be written.
 *
 * @throws {SyntaxError} that says what is wrong and where
 */
export function parseMessage(source: string): readonly MessagePart[] {
  return new MessageReader(source).read();
}

class MessageReader {
  #at = 0;

  constructor(private readonly source: string) {}

  read(): readonly MessagePart[] {
    const parts = this.#parts(false);
    if (this.#at < this.source.length) throw this.#wrong(`a '}' without its '{'`);
    return parts;
  }

  #parts(insidePlural: boolean): MessagePart[] {
    const parts: MessagePart[] = [];
    let text = '';
    const flush = (): void => {
      if (text) parts.push(text);
      text = '';
    };
    for (;;) {
      const char = this.source[this.#at];
      if (char === undefined || char === '}') break;
      this.#at += 1;
      if (char === '{') {
        flush();
        parts.push(this.#place(insidePlural));
      } else if (char === '#' && insidePlural) {
        flush();
        parts.push({ kind: 'hash' });
      } else text += char;
    }
    flush();
    return parts;
  }

  #place(insidePlural: boolean): MessagePart {
    const name = this.#word();
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) throw this.#wrong(`'${name}' is no parameter name`);
    if (this.#take('}')) return { kind: 'text', name };
    this.#expect(',');
    const kind = this.#word();
    if (kind === 'number') {
      this.#expect('}');
      return { kind, name };
    }
    if (kind !== 'plural' && kind !== 'select')
      throw this.#wrong(`'${kind}' is none of number, plural, select`);
    this.#expect(',');
    return this.#branches(kind, name, insidePlural);
  }

  #branches(kind: 'plural' | 'select', name: string, insidePlural: boolean): MessagePart {
    const cases = new Map<string, readonly MessagePart[]>();
    while (!this.#take('}')) {
      const label = this.#word();
      if (kind === 'plural' && !PLURAL_CASE.test(label)) throw this.#wrong(`'${label}' is no plural case`);
      this.#expect('{');
      cases.set(label, this.#parts(kind === 'plural' || insidePlural));
      this.#expect('}');
    }
    const other = cases.get('other');
    if (!other) throw this.#wrong(`'${name}, ${kind}' lacks the case 'other'`);
    return { kind, name, cases, other };
  }

  #word(): string {
    this.#skipSpace();
    const start = this.#at;
    while (this.#at < this.source.length && !/[\s,{}]/.test(this.source[this.#at]!)) this.#at += 1;
    return this.source.slice(start, this.#at);
  }

  #take(char: string): boolean {
    this.#skipSpace();
    if (this.source[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw this.#wrong(`'${char}' is missing`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.source[this.#at] ?? '')) this.#at += 1;
  }

  #wrong(what: string): SyntaxError {
    return new SyntaxError(`${what} at character ${this.#at + 1} of the message '${this.source}'`);
  }
}

/** Names of the parameters a message takes, in alphabetical order. */
export function parametersOf(parts: readonly MessagePart[]): string[] {
  const names = new Set<string>();
  const collect = (list: readonly MessagePart[]): void => {
    for (const part of list) {
      if (typeof part === 'string' || part.kind === 'hash') continue;
      names.add(part.name);
      if (part.kind === 'plural' || part.kind === 'select')
        for (const branch of part.cases.values()) collect(branch);
    }
  };
  collect(parts);
  return [...names].sort();
}
