import assert from 'node:assert/strict';
import { clientFacts } from './clientFacts.js';
import { MalformedHost } from './errors.js';

function head(lines: readonly (readonly [string, string])[], encrypted = false) {
  const headers: Record<string, string> = {};
  for (const [name, value] of lines) headers[name.toLowerCase()] ??= value;
  return { rawHeaders: lines.flat(), headers, socket: { remoteAddress: '203.0.113.7', encrypted } };
}

describe('clientFacts [module:core]', () => {
  const forwarded = head([
    ['Host', 'inside:8000'],
    ['X-Forwarded-Host', 'evil.example, oms.lu'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-For', '198.51.100.1, 198.51.100.2'],
  ]);

  it('believes the socket and the Host header alone where no proxy is configured', () => {
    assert.deepEqual(clientFacts(forwarded, false), {
      host: 'inside:8000',
      secure: false,
      ip: '203.0.113.7',
    });
  });

  it('believes the last entry of a configured proxy', () => {
    assert.deepEqual(clientFacts(forwarded, true), { host: 'oms.lu', secure: true, ip: '198.51.100.2' });
  });

  it('falls back to the connection for what the proxy does not say', () => {
    assert.deepEqual(clientFacts(head([['host', 'oms.lu']], true), true), {
      host: 'oms.lu',
      secure: true,
      ip: '203.0.113.7',
    });
  });

  it('refuses two Host headers, in any spelling', () => {
    for (const second of ['host', 'HOST']) {
      assert.throws(
        () =>
          clientFacts(
            head([
              ['Host', 'oms.lu'],
              ['Accept', '*/*'],
              [second, 'oms.lu'],
            ]),
            false,
          ),
        MalformedHost,
      );
    }
  });

  it('hands on a missing host for the parser to refuse', () => {
    assert.equal(clientFacts(head([]), false).host, undefined);
  });
});
