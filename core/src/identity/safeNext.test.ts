import assert from 'node:assert/strict';
import { safeNext } from './safeNext.js';

describe('safeNext [module:core]', () => {
  for (const path of ['/', '/admin/platforms?page=2#top', '/platforms/oms/store/acme/dashboard', '/a%20b']) {
    it(`keeps ${path}`, () => assert.equal(safeNext(path), path));
  }
  for (const bad of [
    undefined,
    '',
    'dashboard',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/a\\..\\b',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    ' /x',
    '/ä',
    `/${'x'.repeat(2_000)}`,
    '/\n/evil',
  ]) {
    it(`refuses ${JSON.stringify(bad)?.slice(0, 40)}`, () => assert.equal(safeNext(bad), undefined));
  }
});
