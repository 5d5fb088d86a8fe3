import assert from 'node:assert/strict';
import fc from 'fast-check';
import { layoutGraph, NODE, type GraphNode } from './layout.js';

const node = (code: string, ...needs: string[]): GraphNode => ({ code, needs });
const xOf = (nodes: readonly GraphNode[], code: string): number =>
  layoutGraph(nodes).nodes.find((placed) => placed.code === code)?.x ?? Number.NaN;

/** Modules that need only such before them, as the boot order has it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .map((rows) =>
    rows.map((needs, i) => node(`m${i}`, ...new Set(i === 0 ? [] : needs.map((need) => `m${need % i}`)))),
  );

describe('layoutGraph [module:dev-tools]', () => {
  it('draws what is needed left of what needs it', () => {
    const nodes = [node('core'), node('orders', 'core', 'catalog'), node('catalog', 'core')];
    assert.ok(xOf(nodes, 'core') < xOf(nodes, 'catalog'));
    assert.ok(xOf(nodes, 'catalog') < xOf(nodes, 'orders'));
  });

  it('leaves out what is needed but not drawn, and draws nothing for nothing', () => {
    assert.deepEqual(layoutGraph([node('cms', 'core')]).edges, []);
    assert.deepEqual(layoutGraph([]).nodes, []);
  });

  it('never lays one module over another nor outside the drawing, and draws every line', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const { width, height, nodes: placed, edges } = layoutGraph(nodes);
        assert.equal(placed.length, nodes.length);
        assert.equal(edges.length, nodes.flatMap(({ needs }) => needs).length);
        for (const a of placed) {
          assert.ok(a.x >= 0 && a.x + NODE.width <= width && a.y >= 0 && a.y + NODE.height <= height);
          for (const b of placed)
            assert.ok(
              a === b || Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height,
              `${a.code} over ${b.code}`,
            );
        }
      }),
    );
  });
});
