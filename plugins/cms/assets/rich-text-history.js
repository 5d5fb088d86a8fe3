// What a text was before each change, with what was chosen in it: browsers forget their own as soon as a script changes anything.
const MOST = 100;
/** Letters typed in one go are one step. */
const PAUSE_MS = 1_000;

export function historyOf(root) {
  const past = [];
  const future = [];
  let typing = { kind: '', at: 0 };

  const pathTo = (node, offset) => {
    const path = [offset];
    for (let at = node; at !== root; at = at.parentNode)
      path.unshift([...at.parentNode.childNodes].indexOf(at));
    return path;
  };
  const placeAt = (path) => {
    let node = root;
    for (const index of path.slice(0, -1)) node = node.childNodes[index] ?? node;
    const length = node.nodeType === 3 ? node.length : node.childNodes.length;
    return [node, Math.min(path.at(-1), length)];
  };
  const now = () => {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
    const isInside = root.contains(anchorNode) && root.contains(focusNode);
    return {
      content: root.cloneNode(true),
      chosen: isInside ? [pathTo(anchorNode, anchorOffset), pathTo(focusNode, focusOffset)] : null,
    };
  };
  const show = ({ content, chosen }) => {
    root.replaceChildren(...content.cloneNode(true).childNodes);
    if (chosen) document.getSelection().setBaseAndExtent(...placeAt(chosen[0]), ...placeAt(chosen[1]));
  };
  const step = (from, to) => {
    const state = from.pop();
    if (!state) return false;
    to.push(now());
    show(state);
    typing = { kind: '', at: 0 };
    return true;
  };
  return {
    /** Before a change. */
    keep() {
      past.push(now());
      if (past.length > MOST) past.shift();
      future.length = 0;
      typing = { kind: '', at: 0 };
    },
    /** Before something is typed or deleted, at `at` ms. */
    keepTyping(kind, at) {
      if (kind !== typing.kind || at - typing.at > PAUSE_MS) this.keep();
      typing = { kind, at };
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
