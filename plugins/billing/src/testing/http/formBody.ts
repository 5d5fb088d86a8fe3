/** Parameters as Stripe takes them: `items[0][price]=…` becomes nested objects and lists; all leaves are text. */
export type Params = { [name: string]: ParamValue };
export type ParamValue = string | Params | ParamValue[];

export function parseForm(text: string): Params {
  const root: Params = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [
      key.split('[')[0] as string,
      ...[...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] as string),
    ];
    put(root, path, value);
  }
  return lists(root) as Params;
}

function put(root: Params, path: readonly string[], value: string): void {
  let at: Params = root;
  for (const [index, part] of path.entries()) {
    const name = part === '' ? String(Object.keys(at).length) : part;
    if (name === '__proto__') return;
    if (index === path.length - 1) at[name] = value;
    else {
      const next = at[name];
      at = typeof next === 'object' ? (next as Params) : ((at[name] = {}) as Params);
    }
  }
}

/** Objects whose names count up from 0 are lists. */
function lists(value: ParamValue): ParamValue {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, lists(inner as ParamValue)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
