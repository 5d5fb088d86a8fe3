import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MalformedHost } from './errors.js';
import { isDevelopmentHost, parseDomain, parseHost } from './hostName.js';

describe('parseHost [module:core]', () => {
  const good: Readonly<Record<string, readonly [name: string, port: string, isAddress: boolean]>> = {
    'oms.lu': ['oms.lu', '', false],
    'OMS.Lu:8000': ['oms.lu', ':8000', false],
    'oms.lu.': ['oms.lu', '', false],
    'oms.lu.:80': ['oms.lu', ':80', false],
    'xn--bckerei-5wa.lu': ['xn--bckerei-5wa.lu', '', false],
    'XN--BCKEREI-5WA.lu': ['xn--bckerei-5wa.lu', '', false],
    localhost: ['localhost', '', false],
    '127.0.0.1:8000': ['127.0.0.1', ':8000', true],
    '[::1]:8000': ['[::1]', ':8000', true],
    '[2001:DB8::1]': ['[2001:db8::1]', '', true],
    [`${'a'.repeat(63)}.lu:65535`]: [`${'a'.repeat(63)}.lu`, ':65535', false],
  };
  for (const [header, [name, port, isAddress]] of Object.entries(good)) {
    it(`reads ${header}`, () => assert.deepEqual(parseHost(header), { name, port, isAddress }));
  }

  it('answers any text with a clean name or with MalformedHost', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aZ.-:[]0_@ \0é%/') })),
        (text) => {
          try {
            const { name, port } = parseHost(text);
            assert.match(name, /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$/);
            assert.match(port, /^(?::[1-9][0-9]{0,4})?$/);
            assert.deepEqual(parseHost(name + port).name, name, 'reading it again changes nothing');
          } catch (error) {
            if (!(error instanceof MalformedHost)) throw error;
          }
        },
      ),
    );
  });

  it('accepts international names only where somebody types one', () => {
    assert.equal(parseDomain(' Bäckerei-Weber.LU '), 'xn--bckerei-weber-bfb.lu');
    assert.throws(() => parseHost('bäckerei-weber.lu'), MalformedHost);
    for (const typed of ['', 'a b.lu', 'https://oms.lu', 'oms.lu/x', 'oms.lu:80', 'xn--.lu']) {
      assert.throws(() => parseDomain(typed), MalformedHost, typed);
    }
  });

  it('knows the names of this machine', () => {
    for (const name of ['localhost', 'oms.localhost', '127.0.0.1', '[::1]'])
      assert.ok(isDevelopmentHost(name), name);
    for (const name of ['localhost.lu', '127.0.0.2', 'notlocalhost', '[::2]'])
      assert.ok(!isDevelopmentHost(name), name);
  });
});
