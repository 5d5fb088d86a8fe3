import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeptJson } from './KeptJson.js';

describe('KeptJson [module:cms]', () => {
  it('gives what the text says, however often and after whatever else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.integer({ min: 0, max: 200 }),
        (values, room) => {
          const kept = new KeptJson(room);
          for (const value of [...values, ...values]) {
            const text = JSON.stringify(value);
            assert.deepEqual(kept.parse(text), JSON.parse(text));
          }
        },
      ),
    );
  });

  it('parses the same text once, and lets nobody change what others read', () => {
    const kept = new KeptJson(1_000);
    const first = kept.parse('[{"html":"a"}]') as { html: string }[];
    assert.equal(kept.parse('[{"html":"a"}]'), first);
    assert.throws(() => {
      (first[0] as { html: string }).html = 'b';
    }, TypeError);
  });

  it('never keeps more than it may, and keeps what is asked for again and again', () => {
    const kept = new KeptJson(1_000);
    const asked = kept.parse('["asked"]');
    for (let i = 0; i < 1_000; i++) {
      kept.parse(`["${i}"]`);
      assert.equal(kept.parse('["asked"]'), asked);
      assert.ok(kept.size * 5 <= 1_000);
    }
    kept.parse(`["${'x'.repeat(600)}"]`);
    assert.ok(kept.size * 5 <= 1_000);
  });
});
