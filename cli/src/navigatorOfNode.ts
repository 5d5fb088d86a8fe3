// Node 20 has no `navigator`, later ones do. Without it `pg` finds out where it runs by making a Response, for which Node
// loads its whole client for HTTP: 15 ms and 3 MB of every start.
if (!('navigator' in globalThis))
  Object.defineProperty(globalThis, 'navigator', {
    value: Object.freeze({ userAgent: `Node.js/${process.versions.node.split('.')[0]}` }),
    configurable: true,
  });
