import assert from 'node:assert/strict';
import { localVies } from './localVies.js';
import { ViesClient } from './ViesClient.js';
import { VIES_UNAVAILABLE_CODES } from './viesCodes.js';

const NOW = new Date('2026-03-02T08:00:00Z');
const kit = () => {
  const vies = localVies();
  const waits: number[] = [];
  const client = new ViesClient({ transport: vies.transport, pause: async (ms) => void waits.push(ms) });
  return { vies, client, waits };
};

describe('ViesClient [module:billing]', () => {
  it('brings a consultation number where the requester names itself', async () => {
    const { client } = kit();
    const answer = await client.check('DE811907980', 'LU26375245', NOW);
    assert.deepEqual(
      [answer.status, answer.code, answer.consultationNumber],
      ['valid', 'VALID', 'LOCAL0000000001'],
    );
    assert.equal((await client.check('DE811907980', null, NOW)).consultationNumber, null);
  });
  it('says of a number that is not registered that it is not valid', async () => {
    const { client, vies } = kit();
    vies.forget('DE811907980');
    const { status, code, name } = await client.check('DE811907980', null, NOW);
    assert.deepEqual([status, code, name], ['invalid', 'INVALID', null]);
  });
  it('takes a number that VIES cannot read for not valid', async () => {
    const { client } = kit();
    const { status, code } = await client.check('DE?', null, NOW);
    assert.deepEqual([status, code], ['invalid', 'INVALID_INPUT']);
  });
  for (const code of [...VIES_UNAVAILABLE_CODES, 'INVALID_REQUESTER_INFO'] as const) {
    it(`never takes ${code} for an answer about the number`, async () => {
      const { client, vies } = kit();
      vies.fail(code);
      const answer = await client.check('DE811907980', 'LU26375245', NOW);
      assert.deepEqual([answer.status, answer.code], ['unavailable', code]);
    });
  }
  it('tries again when somebody was busy, and not when blocked', async () => {
    const { client, vies, waits } = kit();
    vies.fail('MS_MAX_CONCURRENT_REQ');
    await client.check('DE811907980', null, NOW);
    assert.deepEqual([vies.asked.length, waits], [3, [300, 1_200]]);
    vies.fail('IP_BLOCKED');
    await client.check('DE811907980', null, NOW);
    assert.equal(vies.asked.length, 4);
  });
  it('takes a broken network for no answer', async () => {
    const { client, vies } = kit();
    vies.fail('NETWORK');
    assert.equal((await client.check('DE811907980', null, NOW)).status, 'unavailable');
  });
  it('takes an answer without a verdict for none', async () => {
    for (const body of [{}, { valid: 'yes' }, null, { errorWrappers: [{ error: 'SOMETHING_NEW' }] }]) {
      const client = new ViesClient({ transport: async () => Response.json(body), pauses: [] });
      assert.equal((await client.check('DE811907980', null, NOW)).status, 'unavailable');
    }
  });
});
