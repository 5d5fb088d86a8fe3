import assert from 'node:assert/strict';
import { parseCron } from './cron.js';

const matches = (line: string, at: string): boolean => parseCron(line).matches(new Date(`${at}Z`));

describe('[module:core] parseCron', () => {
  it('matches every minute, lists, ranges and steps', () => {
    assert.equal(matches('* * * * *', '2026-11-20T05:41'), true);
    assert.equal(matches('1,41 * * * *', '2026-11-20T05:41'), true);
    assert.equal(matches('1-40 * * * *', '2026-11-20T05:41'), false);
    assert.equal(matches('*/15 * * * *', '2026-11-20T05:45'), true);
    assert.equal(matches('*/15 * * * *', '2026-11-20T05:46'), false);
    assert.equal(matches('5/10 * * * *', '2026-11-20T05:45'), true);
    assert.equal(matches('10-20/5 * * * *', '2026-11-20T05:25'), false);
    assert.equal(matches('0 3 * 11 *', '2026-11-20T03:00'), true);
    assert.equal(matches('0 3 * 12 *', '2026-11-20T03:00'), false);
  });
  it('takes 0 and 7 for Sunday', () => {
    assert.equal(matches('0 0 * * 7', '2026-11-22T00:00'), true);
    assert.equal(matches('0 0 * * 0', '2026-11-22T00:00'), true);
    assert.equal(matches('0 0 * * 1-5', '2026-11-22T00:00'), false);
  });
  it('matches either day where both are restricted, as cron does', () => {
    assert.equal(matches('0 0 1 * 5', '2026-11-20T00:00'), true);
    assert.equal(matches('0 0 20 * 1', '2026-11-20T00:00'), true);
    assert.equal(matches('0 0 1 * 1', '2026-11-20T00:00'), false);
  });
  it('says which field is wrong', () => {
    assert.throws(() => parseCron('60 * * * *'), /'60' is no minute from 0 to 59/);
    assert.throws(() => parseCron('* * 0 * *'), /'0' is no day of month from 1 to 31/);
    assert.throws(() => parseCron('* * * * mon'), /'mon' is no day of week/);
    assert.throws(() => parseCron('*/0 * * * *'), /'\*\/0' is no minute/);
    assert.throws(() => parseCron('5-1 * * * *'), /'5-1' is no minute/);
    assert.throws(() => parseCron('* * * *'), /must have five fields/);
  });
});
