import assert from 'node:assert/strict';
import { checkUuid, isUuid, uuidv7 } from './uuid.js';

describe('uuid version 7 [module:core]', () => {
  it('carries the time, the version and the variant', () => {
    const now = new Date('2026-11-20T12:34:56.789Z');
    const id = uuidv7(now);
    assert.ok(isUuid(id));
    assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), now.getTime());
    assert.equal(id[14], '7');
    assert.match(id[19] ?? '', /[89ab]/);
  });

  it('sorts by the order of making within one millisecond, also beyond what the counter holds', () => {
    const ids = Array.from({ length: 20_000 }, () => uuidv7(1_800_000_000_000));
    assert.deepEqual(ids, [...ids].sort());
    assert.equal(new Set(ids).size, ids.length);
  });

  it('keeps the order when the clock reaches a millisecond that a burst has borrowed', () => {
    const burst = Array.from({ length: 5_000 }, () => uuidv7(1_800_000_001_000));
    const next = uuidv7(1_800_000_001_001);
    assert.ok(next > (burst.at(-1) ?? ''));
  });

  it('follows a clock that is set back', () => {
    uuidv7(1_900_000_000_000);
    assert.ok(uuidv7(1_000_000_000_000) < uuidv7(1_000_000_000_001));
    assert.ok(uuidv7(1_000_000_000_002) < uuidv7(1_900_000_000_000));
  });

  it('refuses what is no uuid without repeating it', () => {
    assert.throws(() => checkUuid("x'; drop table", 'store id'), { message: 'store id must be a uuid' });
    assert.equal(isUuid(7), false);
  });
});
