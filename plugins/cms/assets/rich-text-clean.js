// Reduces HTML to what pages keep, as the server does, whose word is the last: what comes in by pasting, and what goes out.
const KEPT = new Set(
  'P H3 H4 UL OL LI A STRONG EM S U SUB SUP CODE PRE BR HR BLOCKQUOTE TABLE CAPTION THEAD TBODY TFOOT TR TH TD DL DT DD'.split(
    ' ',
  ),
);
const RENAMED = { H1: 'h3', H2: 'h3', H5: 'h4', H6: 'h4', B: 'strong', I: 'em', STRIKE: 's', DEL: 's' };
const GONE =
  'script, style, template, title, meta, link, base, noscript, iframe, frame, object, embed, svg, math, textarea, select, button, audio, video, canvas';
const BOXES =
  'div, section, article, main, header, footer, aside, nav, figure, figcaption, address, form, fieldset';
export const BLOCKS = 'p, h3, h4, ul, ol, pre, hr, blockquote, table, dl';
const ANY_BLOCK = `${BLOCKS}, ${BOXES}, h1, h2, h5, h6`;
const HOLDS_NO_TEXT = 'ul, ol, table, thead, tbody, tfoot, tr, dl';
const LINES = 'li, td, th, dt, dd, caption';

export const create = (tag) => document.createElement(tag);

/** As the server decides it. */
export function isSafeHref(href) {
  if (href === '' || /[\s\\\p{Cc}]/u.test(href)) return false;
  if (href.startsWith('#')) return true;
  if (href.startsWith('/')) return !href.startsWith('//');
  try {
    const { protocol, username, password } = new document.defaultView.URL(href);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) && username + password === '';
  } catch {
    return false;
  }
}

/** HTML of anybody as elements of this page: in a document that runs nothing, then copied one by one. */
export function cleaned(html) {
  const inert = document.implementation.createHTMLDocument('');
  inert.body.innerHTML = withoutWork(html);
  for (const element of inert.querySelectorAll(GONE)) element.remove();
  const into = document.createDocumentFragment();
  copyChildren(inert.body, into);
  for (const quote of into.querySelectorAll('blockquote')) settle(quote);
  return settle(into);
}

/** Styles and handlers under other names: nothing would come of them, but browsers report them as if they had been tried. */
const withoutWork = (html) =>
  html
    .replaceAll(/<style\b[\s\S]*?<\/style>/gi, '')
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/\s(style|on\w+)\s*=/gi, ' data-$1='));

/** Puts what stands beside the blocks of a text into paragraphs. */
export function settle(root) {
  let line;
  for (const node of [...root.childNodes]) {
    if (node.nodeType === 1 && node.matches(BLOCKS)) line = undefined;
    else if (!line && node.nodeType === 3 && node.data.trim() === '') node.remove();
    else {
      if (!line) node.before((line = create('p')));
      line.append(node);
    }
  }
  return root;
}

/** What is to be kept of a text: empty where nothing is written. */
export function written(root) {
  const into = create('div');
  copyChildren(root, into);
  settle(into);
  for (const line of into.querySelectorAll('p, h3, h4, li, pre, td, th, dt, dd'))
    if (line.lastChild?.nodeName === 'BR') line.lastChild.remove();
  for (const mark of into.querySelectorAll('a, strong, em, s, u, sub, sup, code'))
    if (mark.textContent === '') mark.remove();
  for (const line of into.querySelectorAll('p, h3, h4, li, ul, ol, blockquote'))
    if (line.textContent.trim() === '' && !line.querySelector('hr, table')) line.remove();
  return into.innerHTML;
}

function copyChildren(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === 3) copyText(node, into);
    else if (node.nodeType === 1) copyElement(node, into);
  }
}

function copyText({ data }, into) {
  const isPre = into.nodeType === 1 && into.closest('pre');
  const text = isPre ? data : data.replaceAll(/[ \t\r\n\f]+/g, ' ');
  if (text.trim() === '' && (into.nodeType !== 1 || into.matches(HOLDS_NO_TEXT))) return;
  into.append(text);
}

function copyElement(from, into) {
  const line = into.nodeType === 1 && into.closest(LINES);
  if (from.matches('p, h1, h2, h3, h4, h5, h6, div') && line) return copyLine(from, into, line);
  if (from.matches(BOXES)) {
    const isLine = !from.querySelector(ANY_BLOCK) && !(into.nodeType === 1 && into.closest('p, h3, h4, pre'));
    return copyChildren(from, isLine ? into.appendChild(create('p')) : into);
  }
  const tag = RENAMED[from.tagName] ?? from.tagName.toLowerCase();
  if (!KEPT.has(tag.toUpperCase()) || isPlain(from)) return copyChildren(from, marked(from, into));
  const copy = into.appendChild(create(tag));
  if (tag === 'a') keepAddress(from, copy);
  for (const name of ['colspan', 'rowspan', 'scope', 'start'])
    if (from.hasAttribute(name) && /^(th|td|ol)$/.test(tag)) copy.setAttribute(name, from.getAttribute(name));
  copyChildren(from, copy);
}

/** Paragraphs within an entry of a list become lines of it. */
function copyLine(from, into, line) {
  if (line.textContent.trim() !== '') into.append(create('br'));
  copyChildren(from, into);
}

function keepAddress(from, copy) {
  const href = (from.getAttribute('href') ?? '').trim();
  if (isSafeHref(href)) copy.setAttribute('href', href);
}

/** Word processors say with styles what elements say elsewhere. */
const styleOf = (element) => element.getAttribute('data-style') ?? '';
const isPlain = (element) =>
  (element.matches('b, strong') && /font-weight:\s*(normal|400)/i.test(styleOf(element))) ||
  (element.matches('a') && !isSafeHref((element.getAttribute('href') ?? '').trim()));

function marked(from, into) {
  let at = into;
  if (!from.matches('span, font')) return at;
  if (/font-weight:\s*(bold|[6-9]00)/i.test(styleOf(from))) at = at.appendChild(create('strong'));
  if (/font-style:\s*italic/i.test(styleOf(from))) at = at.appendChild(create('em'));
  return at;
}
