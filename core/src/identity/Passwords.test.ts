import assert from 'node:assert/strict';
import { PASSWORD_SETTINGS } from './passwordSettings.js';
import { type PasswordHashing, Passwords } from './Passwords.js';

const CHEAP = { ...PASSWORD_SETTINGS, memoryKib: 64, passes: 1 };

/** Hashes nothing, and takes until everybody who may begin has begun. */
const slow = {
  hash: () => new Promise<string>((resolve) => setImmediate(resolve, 'a hash')),
  verify: async () => false,
};

/** Counts the calls of the library; by default of the real one. */
const counting = (replaced?: typeof slow) => {
  const calls = { hash: 0, verify: 0, atOnce: 0, most: 0 };
  const during = async <T>(kind: 'hash' | 'verify', work: Promise<T>): Promise<T> => {
    calls[kind] += 1;
    calls.most = Math.max(calls.most, ++calls.atOnce);
    try {
      return await work;
    } finally {
      calls.atOnce -= 1;
    }
  };
  const library = async () => {
    const argon2: PasswordHashing = replaced ?? (await import('@node-rs/argon2'));
    return {
      hash: (...args: Parameters<PasswordHashing['hash']>) => during('hash', argon2.hash(...args)),
      verify: (...args: Parameters<PasswordHashing['verify']>) => during('verify', argon2.verify(...args)),
    };
  };
  return { calls, library };
};

describe('Passwords [module:core]', () => {
  it('hashes with argon2id, 64 MiB, 3 passes and 1 lane unless told otherwise', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('correct horse');
    assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    assert.equal(await passwords.verify(hash, 'correct horse'), true);
    assert.equal(await passwords.verify(hash, 'correct horsf'), false);
  });

  it('does one verification for an unknown account, like for a known one', async () => {
    const { calls, library } = counting();
    const passwords = new Passwords(CHEAP, library);
    const hash = await passwords.hash('secret');
    calls.hash = calls.verify = 0;
    assert.equal(await passwords.verify(hash, 'wrong'), false);
    assert.deepEqual([calls.hash, calls.verify], [0, 1]);
    assert.equal(await passwords.verify(null, 'wrong'), false);
    assert.deepEqual([calls.hash, calls.verify], [0, 2]);
  });

  it('takes as long for an unknown account: the same memory and passes', async () => {
    let checked = '';
    const passwords = new Passwords(CHEAP, async () => ({
      hash: () => assert.fail(),
      verify: async (hash) => {
        checked = hash;
        return true;
      },
    }));
    assert.equal(await passwords.verify(null, 'x'), false);
    assert.equal(passwords.isOutdated(checked), false);
  });

  it('never computes more hashes at once than it may', async () => {
    const { calls, library } = counting(slow);
    const passwords = new Passwords({ ...CHEAP, parallelHashes: 2 }, library);
    await Promise.all(Array.from({ length: 12 }, () => passwords.hash('x')));
    assert.deepEqual([calls.hash, calls.most], [12, 2]);
  });

  it('knows hashes made with other parameters', async () => {
    const cheap = new Passwords(CHEAP),
      dearer = new Passwords({ ...CHEAP, passes: 2 });
    const hash = await cheap.hash('x');
    assert.equal(cheap.isOutdated(hash), false);
    assert.equal(dearer.isOutdated(hash), true);
  });

  it('takes the same letters in another Unicode form as the same password', async () => {
    const passwords = new Passwords(CHEAP);
    assert.equal(await passwords.verify(await passwords.hash('Bäcker'), 'Ba\u0308cker'), true);
  });
});
