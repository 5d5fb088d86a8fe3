import assert from 'node:assert/strict';
import { Signatures } from './Signatures.js';

describe('Signatures [module:core]', () => {
  const one = new Signatures(Buffer.alloc(32, 1));
  const signature = one.sign('cms.preview', 'page 1');

  it('count for the text and the purpose they were made for', () => {
    assert.ok(one.verify('cms.preview', 'page 1', signature));
    assert.ok(
      new Signatures(Buffer.alloc(32, 1)).verify('cms.preview', 'page 1', signature),
      'in another process',
    );
    assert.match(signature, /^[\w-]{22}$/);
  });
  it('count for nothing else', () => {
    assert.ok(!one.verify('cms.preview', 'page 2', signature));
    assert.ok(!one.verify('orders.receipt', 'page 1', signature));
    assert.ok(!new Signatures(Buffer.alloc(32, 2)).verify('cms.preview', 'page 1', signature));
  });
  it('are refused when they are shortened, lengthened, spelt another way or no base64 at all', () => {
    for (const wrong of [
      '',
      signature.slice(1),
      `${signature}A`,
      `${signature}=`,
      ` ${signature}`,
      'é'.repeat(22),
    ])
      assert.ok(!one.verify('cms.preview', 'page 1', wrong), wrong);
  });
  it('need a secret of full length', () => {
    assert.throws(() => new Signatures(Buffer.alloc(16)), TypeError);
  });
});
