import assert from 'node:assert/strict';
import { byteRange } from './byteRange.js';

const file = { bytes: 100, etag: '"a"' };

describe('byte ranges [module:core]', () => {
  for (const [header, expected] of [
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['', undefined],
    ['bytes=-', undefined],
    ['bytes=5-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['items=0-1', undefined],
    ['bytes=a-b', undefined],
  ] as const) {
    it(`read '${header}' as ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(byteRange(header, '', file), expected);
    });
  }

  it('count only for the version that If-Range names', () => {
    assert.deepEqual(byteRange('bytes=0-9', '"a"', file), { start: 0, end: 9 });
    assert.equal(byteRange('bytes=0-9', '"b"', file), undefined);
  });
});
