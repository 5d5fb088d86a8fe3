import assert from 'node:assert/strict';
import { maskSecrets } from './maskSecrets.js';

describe('maskSecrets [module:core]', () => {
  it('masks what keys name as secret, at any depth, and keeps the rest', () => {
    assert.deepEqual(
      maskSecrets({
        name: 'Ann',
        password: 'x',
        smtp: { host: 'h', apiKey: 'k', list: [{ clientSecret: 's' }] },
        passwordHash: null,
        at: new Date(0),
        count: 10n,
        token: undefined,
      }),
      {
        name: 'Ann',
        password: '•••',
        smtp: { host: 'h', apiKey: '•••', list: [{ clientSecret: '•••' }] },
        passwordHash: null,
        at: '1970-01-01T00:00:00.000Z',
        count: '10',
        token: '•••',
      },
    );
  });
  it('does not follow what goes round in circles', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.ok(JSON.stringify(maskSecrets(circle)).includes('•••'));
  });
});
