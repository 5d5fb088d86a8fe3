// What is done to letters within their lines: bold, italic, links.
const LINES = 'p, h3, h4, pre, li, td, th, dt, dd, caption';
const MARKS = 'a, strong, em, s, u, sub, sup, code';

/** The line around a place of a text; null between lines. */
export function lineAt(root, node) {
  const line = (node.nodeType === 1 ? node : node.parentElement)?.closest(LINES);
  return line && line !== root && root.contains(line) ? line : null;
}

/** What of a line is its own: an entry of a list may hold another list. */
function ownOf(line) {
  const own = document.createRange();
  own.selectNodeContents(line);
  const nested = [...line.children].find((child) => child.matches('ul, ol'));
  if (nested) own.setEndBefore(nested);
  return own;
}

/** The chosen part of every line that a range touches, from top to bottom. */
export function partsOf(root, range) {
  return [...root.querySelectorAll(LINES)].flatMap((line) => {
    const part = ownOf(line);
    if (range.comparePoint(part.endContainer, part.endOffset) < 0) return [];
    if (range.comparePoint(part.startContainer, part.startOffset) > 0) return [];
    if (range.compareBoundaryPoints(0, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(2, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    // A selection that ends before the first letter of a line does not mean that line.
    const isTouched = range.collapsed || !part.collapsed || line.textContent === '';
    return isTouched && lineAt(root, part.startContainer) === line ? [{ line, part }] : [];
  });
}

const textsIn = (node) => {
  const walker = document.createTreeWalker(node, 4);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
};

const around = (node, tag, line) => {
  const found = (node.nodeType === 1 ? node : node.parentElement)?.closest(tag);
  return found && line.contains(found) && found !== line ? found : null;
};

/** Whether all letters of a range stand within `tag`; at a caret, whether the next letter would. */
export function isMarked(root, range, tag) {
  if (range.collapsed) {
    const line = lineAt(root, range.startContainer);
    return line !== null && around(range.startContainer, tag, line) !== null;
  }
  const texts = partsOf(root, range).flatMap(({ line, part }) =>
    textsIn(line)
      .filter((text) => part.intersectsNode(text) && hasLetters(part, text))
      .map((text) => around(text, tag, line)),
  );
  return texts.length > 0 && texts.every((found) => found !== null);
}

function hasLetters(part, text) {
  const start = text === part.startContainer ? part.startOffset : 0;
  const end = text === part.endContainer ? part.endOffset : text.length;
  return start < end;
}

/** Puts the letters of a range within copies of `element`, or takes all of its kind away (`isOn` false). The range is chosen again. */
export function mark(root, range, element, isOn) {
  const tag = element.tagName.toLowerCase();
  const touched = partsOf(root, range).filter(({ part }) => !part.collapsed);
  const texts = touched.flatMap(({ line, part }) => {
    const content = lifted(part, tag, line);
    const found = textsIn(content).filter(({ length }) => length > 0);
    if (isOn) {
      const wrapper = element.cloneNode(false);
      wrapper.append(content);
      part.insertNode(wrapper);
    } else part.insertNode(content);
    return found;
  });
  for (const { line } of touched) tidy(line);
  const [first, last] = [texts[0], texts.at(-1)];
  if (first) document.getSelection().setBaseAndExtent(first, 0, last, last.length);
  for (const { line } of touched) line.normalize();
}

/** Takes the letters of a part out of the line and out of every `tag`; the part is left where they go back. */
function lifted(part, tag, line) {
  const content = part.extractContents();
  for (const element of content.querySelectorAll(tag)) element.replaceWith(...element.childNodes);
  const outer = around(part.startContainer, tag, line);
  if (!outer) return content;
  const inner = rewrapped(content, part.startContainer, outer);
  const rest = document.createRange();
  rest.setStart(part.startContainer, part.startOffset);
  rest.setEndAfter(outer);
  outer.after(rest.extractContents());
  part.setStartAfter(outer);
  part.collapse(true);
  return inner;
}

/** Other marks between the letters and the one that they leave stay theirs. */
function rewrapped(content, node, outer) {
  let inner = content;
  for (let at = node.nodeType === 1 ? node : node.parentElement; at !== outer; at = at.parentElement) {
    const wrapper = at.cloneNode(false);
    wrapper.append(inner);
    inner = document.createDocumentFragment();
    inner.append(wrapper);
  }
  return inner;
}

/** Without marks around nothing; neighbours of one kind are one. */
export function tidy(line) {
  for (const element of line.querySelectorAll(MARKS))
    if (element.textContent === '' && !element.querySelector('br')) element.remove();
  for (const element of line.querySelectorAll(MARKS)) {
    let next = element.nextSibling;
    while (next?.nodeType === 3 && next.length === 0) next = next.nextSibling;
    if (next?.nodeType !== 1 || !next.cloneNode(false).isEqualNode(element.cloneNode(false))) continue;
    next.prepend(...element.childNodes);
    element.remove();
  }
}

/** The whole link around a place, as a range; null outside of links. */
export function linkAt(root, range) {
  const line = lineAt(root, range.startContainer);
  const link = line && around(range.startContainer, 'a', line);
  if (!link) return null;
  const whole = document.createRange();
  whole.selectNodeContents(link);
  return { href: link.getAttribute('href') ?? '', whole };
}
