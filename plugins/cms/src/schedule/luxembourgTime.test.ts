import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromLuxembourgTime, luxembourgTime } from './luxembourgTime.js';

const iso = (local: string) => fromLuxembourgTime(local)?.toISOString();

describe('times in Luxembourg [module:cms]', () => {
  it('are an hour ahead in winter and two in summer', () => {
    assert.equal(iso('2026-12-01T08:00'), '2026-12-01T07:00:00.000Z');
    assert.equal(iso('2026-07-01T08:00'), '2026-07-01T06:00:00.000Z');
    assert.equal(luxembourgTime(new Date('2026-12-31T23:30:00Z')), '2027-01-01T00:30');
  });
  it('are the first of two where clocks are set back, and none where they are set forward', () => {
    assert.equal(iso('2026-10-25T02:30'), '2026-10-25T00:30:00.000Z');
    assert.equal(iso('2026-03-29T02:30'), undefined);
    assert.equal(iso('2026-03-29T03:00'), '2026-03-29T01:00:00.000Z');
  });
  it('are refused when they are none', () => {
    for (const text of [
      '',
      'soon',
      '2026-13-01T08:00',
      '2026-02-30T08:00',
      '2026-02-03T24:00',
      '2026-02-03',
      '2026-02-03T08:00Z',
    ])
      assert.equal(iso(text), undefined, text);
  });
  it('show the same minute again, but for the hour that there is twice', () => {
    const minute = fc
      .date({
        min: new Date('2020-01-01T00:00:00Z'),
        max: new Date('2060-01-01T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000));
    fc.assert(
      fc.property(minute, (at) => {
        const back = fromLuxembourgTime(luxembourgTime(at)) as Date;
        return (
          [0, 3_600_000].includes(at.getTime() - back.getTime()) &&
          luxembourgTime(back) === luxembourgTime(at)
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
