import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { bodySchema } from './schemas.js';
import { pageFile } from '../services/pageFiles.js';

const issuesOf = (body: unknown): string[] =>
  (bodySchema.safeParse(body).error?.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`);

describe('blocks [module:cms]', () => {
  it('take every page that the hosts bring', () => {
    const hosts = new URL('../../../../hosts/', import.meta.url);
    const files = readdirSync(hosts, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^[^/]+\/pages\/.*\.json$/.test(file),
    );
    assert.ok(files.length >= 50, `only ${files.length} pages were found`);
    for (const file of files) {
      const parsed = pageFile.safeParse(JSON.parse(readFileSync(new URL(file, hosts), 'utf8')));
      assert.equal(parsed.error?.message, undefined, file);
    }
  });

  it('refuse unknown types, unknown keys and missing fields, naming the place', () => {
    assert.deepEqual(issuesOf([{ text: 'x' }]), ['0.type invalid_union']);
    assert.deepEqual(issuesOf([{ type: 'richText', html: '<p>x</p>', onclick: 'x' }]), [
      '0 unrecognized_keys',
    ]);
    assert.deepEqual(issuesOf([{ type: 'cta', title: 'x', actions: [{ label: 'x', style: 'primary' }] }]), [
      '0.actions.0.href invalid_type',
    ]);
  });

  it('refuse addresses that could run something or lead elsewhere', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      '//evil.example',
      '/\\evil',
      'vbscript:x',
      'pricing',
      'https://a@b',
      ' ',
    ]) {
      assert.equal(
        issuesOf([{ type: 'cta', title: 'x', actions: [{ label: 'x', href, style: 'primary' }] }]).length > 0,
        true,
        href,
      );
    }
    for (const href of [
      '/pricing',
      '/a?b=c#d',
      '#plans',
      'https://example.org/x',
      'mailto:a@b.lu',
      'tel:+352123',
    ]) {
      assert.deepEqual(
        issuesOf([{ type: 'cta', title: 'x', actions: [{ label: 'x', href, style: 'primary' }] }]),
        [],
        href,
      );
    }
  });

  it('refuse what PostgreSQL cannot store and what is too long', () => {
    assert.equal(issuesOf([{ type: 'heading', level: 2, text: 'a\u0000b' }]).length, 1);
    assert.equal(issuesOf([{ type: 'heading', level: 2, text: 'a\ud800b' }]).length, 1);
    assert.equal(issuesOf([{ type: 'heading', level: 2, text: 'x'.repeat(201) }]).length, 1);
    assert.equal(issuesOf([{ type: 'table', caption: 'x', head: ['a', 'b'], rows: [['1']] }]).length, 1);
    assert.equal(
      issuesOf(Array.from({ length: 101 }, () => ({ type: 'heading', level: 2, text: 'x' }))).length,
      1,
    );
  });
});
