// Fields with `data-rich-text` become editors: the HTML in them is shown as it looks. Without a script they are what they are.
const tools = document.getElementById('rich-text');
const dialog = document.getElementById('rich-text-link');
// Modules are served under addresses that change with their text: the page says where they are.
const [clean, marks, blocks, { historyOf }] = await Promise.all(
  ['clean', 'marks', 'blocks', 'history'].map((name) => import(tools.dataset[name])),
);
blocks.using(marks, clean);

const MARKS = { bold: 'strong', italic: 'em' };
const BLOCKS = { paragraph: 'p', heading: 'h3', subheading: 'h4' };
const LISTS = { bullets: 'ul', numbers: 'ol' };
const TYPED = { KeyB: 'bold', KeyI: 'italic', KeyK: 'link', KeyZ: 'undo', KeyY: 'redo' };
const TYPED_SHIFT = { KeyZ: 'redo', Digit7: 'numbers', Digit8: 'bullets', Digit9: 'quote' };
const TYPED_ALT = { Digit0: 'paragraph', Digit1: 'heading', Digit2: 'subheading' };
const UNMARKED = ['strong', 'em', 's', 'u', 'sub', 'sup', 'code'];

/** What keys ask for; letters of other layouts come with AltGr, which looks like Ctrl and Alt. */
function actionOf(event) {
  if (event.key === 'F10' && event.altKey) return 'toolbar';
  if (!(event.ctrlKey || event.metaKey) || event.getModifierState('AltGraph')) return undefined;
  if (event.altKey) return TYPED_ALT[event.code];
  return event.shiftKey ? TYPED_SHIFT[event.code] : TYPED[event.code];
}

function editorOf(field) {
  const bar = tools.content.querySelector('[role="toolbar"]').cloneNode(true);
  const buttons = [...bar.querySelectorAll('[data-does]')];
  const surface = surfaceOf(field);
  /** It is about elements. */
  const hint = field.parentElement.querySelector('.field__hint');
  const history = historyOf(surface);
  /** Marks that the next letter gets or loses. */
  const next = new Map();
  let isSource = false;

  const range = () => {
    const selection = document.getSelection();
    const chosen = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    return chosen && surface.contains(chosen.commonAncestorContainer) ? chosen : null;
  };
  const save = () => {
    field.value = clean.written(surface);
  };
  /** Says so to whatever follows the form: the preview, the guard. */
  const changed = () =>
    surface.dispatchEvent(new document.defaultView.InputEvent('input', { bubbles: true }));
  const whole = () => {
    blocks.keeping(surface, () => {
      const became = new Map();
      for (const box of surface.querySelectorAll(':scope > div')) {
        const line = document.createElement('p');
        line.append(...box.childNodes);
        box.replaceWith(line);
        became.set(box, line);
      }
      clean.settle(surface);
      return became;
    });
    if (surface.firstElementChild) return;
    const line = document.createElement('p');
    line.append(document.createElement('br'));
    surface.replaceChildren(line);
    if (document.activeElement === surface) document.getSelection().collapse(line, 0);
  };
  const load = () => {
    surface.replaceChildren(clean.cleaned(field.value));
    whole();
  };
  const isOn = (action, at, kinds) => {
    if (action === 'source') return isSource;
    if (!at || isSource) return false;
    const tag = MARKS[action];
    if (tag) return next.get(tag) ?? marks.isMarked(surface, at, tag);
    if (action === 'link') return marks.linkAt(surface, at) !== null;
    return kinds.has(BLOCKS[action] ?? LISTS[action] ?? 'blockquote');
  };
  const show = () => {
    const at = range();
    const kinds = at && !isSource ? blocks.kindsOf(surface, at) : new Set();
    for (const button of buttons) {
      const { does } = button.dataset;
      const isPressed = button.hasAttribute('aria-pressed') && isOn(does, at, kinds);
      if (button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', String(isPressed));
      button.dataset.variant = isPressed ? 'secondary' : 'ghost';
      const isOff =
        (isSource && does !== 'source') ||
        (does === 'undo' && !history.canUndo()) ||
        (does === 'redo' && !history.canRedo());
      button.setAttribute('aria-disabled', String(isOff));
    }
  };

  const toggleMark = (tag) => {
    const at = range();
    const wasOn = next.get(tag) ?? marks.isMarked(surface, at, tag);
    if (at.collapsed) return next.set(tag, !wasOn);
    history.keep();
    marks.mark(surface, at, document.createElement(tag), !wasOn);
    changed();
  };
  const change = (work) => {
    history.keep();
    work(range());
    whole();
    changed();
  };
  const clearFormat = (at) => {
    const isCaret = at.collapsed;
    for (const tag of UNMARKED)
      if (!isCaret) marks.mark(surface, range(), document.createElement(tag), false);
    if ([...blocks.kindsOf(surface, range())].some((kind) => /^(h3|h4|pre)$/.test(kind)))
      blocks.setBlock(surface, range(), 'p');
  };
  const back = (step) => {
    if (step()) changed();
  };
  const toggleSource = () => {
    isSource = !isSource;
    if (!isSource) {
      history.keep();
      load();
    }
    for (const part of [field, hint]) part.hidden = !isSource;
    surface.hidden = isSource;
    (isSource ? field : surface).focus();
  };
  const linkNow = async () => {
    const at = range();
    const link = marks.linkAt(surface, at);
    const chosen = (link?.whole ?? at).cloneRange();
    const answer = await askForLink(link?.href ?? '', chosen.toString(), link !== null);
    surface.focus();
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(chosen);
    if (!answer) return;
    history.keep();
    const element = document.createElement('a');
    if (answer.href !== '') element.setAttribute('href', answer.href);
    if (answer.href !== '' && (chosen.collapsed || answer.text !== chosen.toString())) retype(chosen, answer);
    marks.mark(surface, range(), element, answer.href !== '');
    if (answer.href !== '') selection.collapseToEnd();
    changed();
  };
  const retype = (at, { text, href }) => {
    at.deleteContents();
    const words = document.createTextNode(text.trim() === '' ? href : text);
    at.insertNode(words);
    document.getSelection().setBaseAndExtent(words, 0, words, words.length);
  };
  const run = (action) => {
    if (isSource && action !== 'source') return;
    if (action === 'source') toggleSource();
    else if (action === 'undo' || action === 'redo') back(history[action]);
    else {
      if (!range()) caretToEnd(surface);
      if (MARKS[action]) toggleMark(MARKS[action]);
      else if (action === 'link') void linkNow();
      else if (BLOCKS[action]) change((at) => blocks.setBlock(surface, at, BLOCKS[action]));
      else if (LISTS[action]) change((at) => blocks.toggleList(surface, at, LISTS[action]));
      else if (action === 'quote') change((at) => blocks.toggleQuote(surface, at));
      else if (action === 'clear') change(clearFormat);
    }
    show();
  };

  const paste = (data) => {
    const html = data.getData('text/html');
    const text = data.getData('text/plain');
    if (html === '' && text === '') return;
    change((at) => blocks.insert(surface, at, html === '' ? plain(text) : clean.cleaned(html)));
  };
  const typedMarked = (event) => {
    const at = range();
    if (next.size === 0 || event.inputType !== 'insertText' || !at?.collapsed) return false;
    event.preventDefault();
    history.keep();
    const letters = document.createTextNode(event.data ?? '');
    at.insertNode(letters);
    document.getSelection().setBaseAndExtent(letters, 0, letters, letters.length);
    for (const [tag, isOn] of next) marks.mark(surface, range(), document.createElement(tag), isOn);
    next.clear();
    document.getSelection().collapseToEnd();
    changed();
    return true;
  };

  surface.addEventListener('beforeinput', (event) => {
    const { inputType } = event;
    if (inputType === 'historyUndo' || inputType === 'historyRedo') {
      event.preventDefault();
      run(inputType === 'historyUndo' ? 'undo' : 'redo');
    } else if (inputType.startsWith('format')) event.preventDefault();
    else if (inputType === 'insertFromDrop') {
      event.preventDefault();
      const [to] = event.getTargetRanges();
      if (to) document.getSelection().collapse(to.startContainer, to.startOffset);
      paste(event.dataTransfer);
    } else if (!typedMarked(event)) history.keepTyping(inputType, event.timeStamp);
  });
  surface.addEventListener('paste', (event) => {
    event.preventDefault();
    paste(event.clipboardData);
  });
  surface.addEventListener('input', () => {
    if (!surface.querySelector(':scope > p, :scope > :is(h3, h4, ul, ol)') || hasStrangers(surface)) whole();
    save();
    show();
  });
  surface.addEventListener('keydown', (event) => {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    // The dashboards have keys of their own.
    event.stopPropagation();
    if (action === 'toolbar') buttons.find((button) => button.tabIndex === 0).focus();
    else run(action);
  });
  document.addEventListener('selectionchange', () => {
    if (document.activeElement !== surface) return;
    if (next.size > 0 && !range()?.collapsed) next.clear();
    show();
  });
  surface.addEventListener('mousedown', () => next.clear());
  asToolbar(bar, buttons, () => (isSource ? field : surface).focus(), run);

  bar.setAttribute('aria-controls', surface.id);
  for (const label of field.labels) label.addEventListener('click', () => surface.hidden || surface.focus());
  for (const part of [field, hint]) part.hidden = true;
  field.before(bar, surface);
  load();
  show();
}

const hasStrangers = (surface) =>
  [...surface.childNodes].some((node) => node.nodeType !== 1 || !node.matches(clean.BLOCKS));

/** The place to write in; it is called and described as its field is. */
function surfaceOf(field) {
  const surface = document.createElement('div');
  surface.id = `${field.id}-text`;
  surface.className = 'textarea prose rich-text';
  surface.contentEditable = 'true';
  const label = field.labels[0];
  label.id ||= `${field.id}-label`;
  label.firstChild.data = label.dataset.name;
  const problem = field.parentElement.querySelector('.field__error');
  const said = {
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-labelledby': label.id,
    'aria-describedby': [problem?.id, 'rich-text-keys'].filter(Boolean).join(' '),
    'aria-invalid': field.getAttribute('aria-invalid'),
    'aria-required': field.required ? 'true' : null,
  };
  for (const [name, value] of Object.entries(said)) if (value !== null) surface.setAttribute(name, value);
  return surface;
}

/** One stop for the Tab key; arrows, Home and End go from button to button, Escape back to the text. */
function asToolbar(bar, buttons, leave, run) {
  const goTo = (index) => {
    const to = buttons.at(index % buttons.length);
    for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
    to.focus();
  };
  for (const button of buttons) button.tabIndex = button === buttons[0] ? 0 : -1;
  // The selection stays where it is when a button is pressed.
  bar.addEventListener('mousedown', (event) => event.preventDefault());
  bar.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-does]');
    if (!button || button.getAttribute('aria-disabled') === 'true') return;
    const isKeyboard = document.activeElement === button;
    if (isKeyboard && button.dataset.does !== 'source') leave();
    run(button.dataset.does);
  });
  bar.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === 'Escape') leave();
    else if (to !== undefined) goTo(to);
    else return;
    event.preventDefault();
  });
}

/** What is typed in the dialog; null where it is closed without. An empty address takes the link away. */
function askForLink(href, text, isLink) {
  const [address, words] = ['href', 'text'].map((name) => dialog.querySelector(`[name="${name}"]`));
  const problem = dialog.querySelector('[data-problem]');
  const tell = (isWrong) => {
    problem.hidden = !isWrong;
    address.setAttribute('aria-invalid', String(isWrong));
  };
  address.value = href;
  words.value = text;
  dialog.querySelector('[data-unlink]').hidden = !isLink;
  tell(false);
  dialog.returnValue = '';
  dialog.showModal();
  address.focus();
  return new Promise((resolve) => {
    const submitted = (event) => {
      if (clean.isSafeHref(addressOf(address.value))) return;
      event.preventDefault();
      tell(true);
      address.focus();
    };
    dialog.addEventListener('submit', submitted);
    dialog.addEventListener(
      'close',
      () => {
        dialog.removeEventListener('submit', submitted);
        const { returnValue } = dialog;
        if (returnValue === 'link') resolve({ href: addressOf(address.value), text: words.value });
        else resolve(returnValue === 'unlink' ? { href: '', text: words.value } : null);
      },
      { once: true },
    );
  });
}

/** People type `example.com` and `name@example.com`. */
function addressOf(typed) {
  const address = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
  return /^[\w-]+(\.[\w-]+)+(\/|$)/.test(address) ? `https://${address}` : address;
}

function plain(text) {
  const content = document.createDocumentFragment();
  for (const words of text.split(/\r?\n(?:\s*\r?\n)*/).filter((line) => line.trim() !== '')) {
    const line = content.appendChild(document.createElement('p'));
    line.append(words);
  }
  return content;
}

function caretToEnd(surface) {
  surface.focus();
  const selection = document.getSelection();
  selection.selectAllChildren(surface.lastElementChild ?? surface);
  selection.collapseToEnd();
}

dialog.querySelector('[data-unlink]').addEventListener('click', () => dialog.close('unlink'));

const known = new WeakSet();
const enhance = () => {
  for (const field of document.querySelectorAll('textarea[data-rich-text]')) {
    if (known.has(field)) continue;
    known.add(field);
    editorOf(field);
  }
};
document.addEventListener('htmx:afterSettle', enhance);
enhance();
