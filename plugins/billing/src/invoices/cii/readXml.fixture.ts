/** An element of a parsed document; prefixes of names are left out. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

/** Reads well-formed XML without comments, as we write it. */
export function readXml(xml: string): Node {
  const root = { name: '', attributes: {}, children: [] as Node[], text: '' };
  const stack: (typeof root)[] = [root];
  for (const [, close, name = '', attributes = '', empty, text = ''] of xml
    .replace(/^<\?[^>]*\?>/, '')
    .matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g)) {
    const top = stack.at(-1) as typeof root;
    if (text.trim() !== '') top.text += plain(text);
    else if (close) stack.pop();
    else if (name !== '') {
      const node = { name: bare(name), attributes: attributesOf(attributes), children: [], text: '' };
      top.children.push(node);
      if (!empty) stack.push(node);
    }
  }
  return root.children[0] as Node;
}

/** Elements at a path below a node, e.g. `A/B`. */
export function all(node: Node | undefined, path: string): Node[] {
  return path
    .split('/')
    .reduce<Node[]>(
      (nodes, name) => nodes.flatMap((one) => one.children.filter((child) => child.name === name)),
      node ? [node] : [],
    );
}

/** Text of the first element at a path. */
export const textAt = (node: Node | undefined, path: string): string | undefined => all(node, path)[0]?.text;

const bare = (name: string): string => name.replace(/^.*:/, '');
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
  );
