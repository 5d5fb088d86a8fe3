// What is done to whole lines: headings, lists, quotes, and what is pasted between them.
let lines;
let settle;

/** Modules are served under addresses that change with their text, so that none can name another. */
export function using(marks, clean) {
  lines = marks;
  settle = clean.settle;
}

const linesOf = (root, range) => lines.partsOf(root, range).map(({ line }) => line);

/** Another element with the same content. */
function renamed(element, tag) {
  const other = document.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** Does something to lines and chooses the same letters again: moving them has lost them. */
export function keeping(root, work) {
  const selection = document.getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const became = work() ?? new Map();
  const [from, to] = [became.get(anchorNode) ?? anchorNode, became.get(focusNode) ?? focusNode];
  if (from && to && root.contains(from) && root.contains(to))
    selection.setBaseAndExtent(from, anchorOffset, to, focusOffset);
}

/** What kind of lines a range is about: `h3`, `ul`, `blockquote`… */
export function kindsOf(root, range) {
  const kinds = new Set();
  for (const line of linesOf(root, range)) {
    kinds.add(line.tagName === 'LI' ? line.parentElement.tagName.toLowerCase() : line.tagName.toLowerCase());
    if (root.contains(line.closest('blockquote'))) kinds.add('blockquote');
  }
  return kinds;
}

/** Makes lines paragraphs or headings. */
export function setBlock(root, range, tag) {
  keeping(root, () => {
    const became = new Map();
    for (const line of linesOf(root, range)) {
      const block = line.tagName === 'LI' ? outOfList(line) : line;
      const after = block.matches('p, h3, h4, pre') ? renamed(block, tag) : block;
      became.set(line, after);
    }
    return became;
  });
}

/** Makes lines entries of a list, or paragraphs where all are entries of such a list already. */
export function toggleList(root, range, tag) {
  keeping(root, () => {
    const became = new Map();
    const chosen = linesOf(root, range).filter((line) => line.matches('p, h3, h4, pre, li'));
    const isList = (list) => list?.tagName === tag.toUpperCase();
    const isOn = chosen.every((line) => line.tagName === 'LI' && isList(line.parentElement));
    for (const line of chosen) {
      if (isOn) became.set(line, outOfList(line));
      else if (line.tagName !== 'LI') became.set(line, intoList(line, tag));
      else if (!isList(line.parentElement)) renamed(line.parentElement, tag);
    }
    if (!isOn) for (const list of root.querySelectorAll(tag)) joined(list);
    return became;
  });
}

/** One list with the one right before it. */
function joined(list) {
  const before = list.previousElementSibling;
  if (before?.tagName !== list.tagName) return;
  list.prepend(...before.childNodes);
  before.remove();
}

function intoList(line, tag) {
  const entry = document.createElement('li');
  entry.append(...line.childNodes);
  const list = document.createElement(tag);
  list.append(entry);
  line.replaceWith(list);
  return entry;
}

/** A paragraph in the place of an entry; what came after it in the list comes after it still. */
function outOfList(entry) {
  let list = entry.parentElement;
  for (let outer = list.parentElement; outer?.tagName === 'LI'; outer = list.parentElement) {
    const rest = following(entry, list);
    if (rest) entry.append(rest);
    outer.after(entry);
    if (!list.firstElementChild) list.remove();
    list = entry.parentElement;
  }
  const nested = [...entry.children].filter((child) => child.matches('ul, ol'));
  const rest = following(entry, list);
  const line = document.createElement('p');
  line.append(...[...entry.childNodes].filter((node) => !nested.includes(node)));
  list.after(line, ...nested, ...(rest ? [rest] : []));
  entry.remove();
  if (!list.firstElementChild) list.remove();
  return line;
}

function following(entry, list) {
  if (!entry.nextElementSibling) return null;
  const rest = list.cloneNode(false);
  while (entry.nextElementSibling) rest.append(entry.nextElementSibling);
  return rest;
}

/** Puts whole blocks into a quote, or out of the quotes that they are in. */
export function toggleQuote(root, range) {
  keeping(root, () => {
    const chosen = linesOf(root, range);
    const quotes = new Set(
      chosen.map((line) => line.closest('blockquote')).filter((one) => root.contains(one)),
    );
    if (quotes.size > 0) {
      for (const quote of quotes) settle(quote).replaceWith(...quote.childNodes);
      return;
    }
    const blocks = new Set(chosen.map((line) => topOf(root, line)));
    const [first] = blocks;
    if (!first) return;
    const quote = document.createElement('blockquote');
    first.before(quote);
    quote.append(...blocks);
  });
}

function topOf(root, node) {
  let top = node;
  while (top.parentElement !== root) top = top.parentElement;
  return top;
}

/** Puts clean content in a range's place, and the caret behind it. */
export function insert(root, range, fragment) {
  emptied(root, range);
  const line = lines.lineAt(root, range.startContainer);
  const [only] = fragment.children;
  if (
    line &&
    (line.matches('td, th, dt, dd, caption') || (fragment.children.length === 1 && only.tagName === 'P'))
  )
    return behind(inserted(range, only?.tagName === 'P' ? only.childNodes : [fragment.textContent]));
  if (!line) {
    const last = fragment.lastElementChild;
    range.insertNode(fragment);
    return behind(last);
  }
  const rest = line.cloneNode(false);
  const tail = document.createRange();
  tail.setStart(range.startContainer, range.startOffset);
  tail.setEnd(line, line.childNodes.length);
  rest.append(tail.extractContents());
  const blocks = line.tagName === 'LI' ? entriesOf(fragment) : [...fragment.children];
  line.after(...blocks, ...(rest.textContent === '' ? [] : [rest]));
  if (line.textContent === '' && blocks.length > 0) line.remove();
  behind(blocks.at(-1));
}

function inserted(range, nodes) {
  const content = document.createDocumentFragment();
  content.append(...nodes);
  const last = content.lastChild;
  range.insertNode(content);
  return last;
}

/** Every line of what is pasted into a list becomes an entry of it. */
const entriesOf = (fragment) =>
  [...fragment.querySelectorAll('p, h3, h4, pre, li, td, th, dt, dd')]
    .filter((line) => !line.querySelector('li'))
    .map((line) => {
      const entry = document.createElement('li');
      entry.append(...line.childNodes);
      return entry;
    });

/** Deletes what is chosen; what is left of the first and of the last line becomes one. */
function emptied(root, range) {
  const [first, last] = [range.startContainer, range.endContainer].map((node) => lines.lineAt(root, node));
  range.deleteContents();
  if (first && last && first !== last) {
    range.setStart(first, first.childNodes.length);
    first.append(...last.childNodes);
    last.remove();
    for (const list of root.querySelectorAll('ul, ol')) if (!list.firstElementChild) list.remove();
  }
  range.collapse(true);
}

function behind(node) {
  if (!node) return;
  const selection = document.getSelection();
  if (node.nodeType === 3) selection.collapse(node, node.length);
  else {
    let at = node;
    while (at.lastChild?.nodeType === 1 && at.lastChild.tagName !== 'BR') at = at.lastChild;
    selection.collapse(
      at.lastChild?.nodeType === 3 ? at.lastChild : at,
      at.lastChild?.length ?? at.childNodes.length,
    );
  }
}
