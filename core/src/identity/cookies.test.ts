import assert from 'node:assert/strict';
import { cookieFor } from './cookies.js';

describe('session cookies [module:core]', () => {
  it('are __Host- cookies with Path=/ over HTTPS, whatever the prefix', () => {
    assert.equal(
      cookieFor('customer', { secure: true, pathPrefix: '/platforms/oms/stores/acme' }).set('wz_x', 60.7),
      '__Host-wz_customer=wz_x; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });
  it('of customers stay below their store in path mode', () => {
    assert.equal(
      cookieFor('customer', { secure: false, pathPrefix: '/platforms/oms/stores/acme' }).set('wz_x', 60),
      'wz_customer=wz_x; Max-Age=60; Path=/platforms/oms/stores/acme; HttpOnly; SameSite=Lax',
    );
  });
  it('of administrators are for the whole host', () => {
    assert.match(
      cookieFor('admin', { secure: false, pathPrefix: '/platforms/oms' }).set('wz_x', 60),
      /; Path=\/; HttpOnly/,
    );
  });
  it('never name a domain, so that no sibling host gets them', () => {
    for (const secure of [true, false])
      assert.doesNotMatch(cookieFor('store', { secure, pathPrefix: '' }).set('wz_x', 1), /domain/i);
  });
  it('are taken back with the same name and path', () => {
    assert.equal(
      cookieFor('store', { secure: true, pathPrefix: '' }).clear(),
      '__Host-wz_store=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });
});
