import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { Signatures } from '../../identity/Signatures.js';
import { redirect } from '../../kernel/route.js';
import { testTranslator } from '../../render/render.fixture.js';
import type { RequestContext } from '../RequestContext.js';
import { flash } from './flash.js';
import { FlashCookie, wordedFlash } from './FlashCookie.js';

const NOW = new Date('2026-11-20T09:00:00Z');
const words = testTranslator.words('de');
const saved = { kind: 'success', key: 'core.form.saved' } as const;

const context = (extra: { surface?: string; secure?: boolean; now?: Date } = {}): RequestContext =>
  ({
    surface: extra.surface ?? 'admin',
    now: extra.now ?? NOW,
    request: { secure: extra.secure ?? false },
  }) as unknown as RequestContext;

/** A browser's next request with these cookies, and what the answer sets. */
function request(cookies: Readonly<Record<string, string>>): { koa: Context; set: string[] } {
  const set: string[] = [];
  const koa = {
    cookies: { get: (name: string) => cookies[name] },
    append: (_name: string, value: string) => set.push(value),
  };
  return { koa: koa as unknown as Context, set };
}

function kit() {
  const cookie = new FlashCookie({ signatures: new Signatures(randomBytes(32)) });
  /** What the browser keeps of a redirect with this flash. */
  const sent = (ctx: RequestContext, message: Parameters<typeof flash>[1], other = {}) => {
    const { headers = {} } = cookie.put(ctx, redirect('/next', 303, { ...other, ...flash(ctx, message) }));
    const line = (headers['Set-Cookie'] as string[]).at(-1) as string;
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    return { headers, line, jar: { [name]: value } };
  };
  return { cookie, sent };
}

describe('flash [module:core]', () => {
  it('says on the next page what happened, in its language, once', () => {
    const { cookie, sent } = kit();
    const { jar } = sent(context(), saved);
    const { koa, set } = request(jar);
    assert.deepEqual(wordedFlash(cookie.take(koa, context()), words), {
      kind: 'success',
      text: words.text('core.form.saved'),
      undo: null,
    });
    assert.match(set[0] ?? '', /^wz_flash=; Max-Age=0;/);
  });
  it('hands on how it is undone', () => {
    const { cookie, sent } = kit();
    const undo = { action: '/admin/x/undo', fields: { id: '7' } };
    const { koa } = request(sent(context(), { ...saved, undo }).jar);
    assert.deepEqual(cookie.take(koa, context())?.undo, {
      action: '/admin/x/undo',
      fields: [{ name: 'id', value: '7' }],
    });
  });
  it('travels unseen by scripts, beside other cookies, and never as a header of its own', () => {
    const { headers, line } = kit().sent(context({ secure: true }), saved, { 'Set-Cookie': 'a=b' });
    assert.equal((headers['Set-Cookie'] as string[])[0], 'a=b');
    assert.match(line, /^__Host-wz_flash=[\w.-]+; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    assert.equal(Object.keys(headers).join(), 'Set-Cookie');
  });
  it('believes no cookie that was made elsewhere, changed or kept too long', () => {
    const { cookie, sent } = kit();
    const [[name, value] = ['', '']] = Object.entries(sent(context(), saved).jar);
    const [at = '', text = '', signature = ''] = value.split('.');
    const other = Buffer.from(
      JSON.stringify({ surface: 'admin', kind: 'error', key: 'x', values: {}, undo: null }),
    );
    for (const forged of [
      '',
      'x',
      `${at}.${other.toString('base64url')}.${signature}`,
      `${Number(at) + 600}.${text}.${signature}`,
      `${at}.${text}.`,
      Object.values(kit().sent(context(), saved).jar)[0] as string,
    ])
      assert.equal(cookie.take(request({ [name]: forged }).koa, context()), null, forged);
    const late = context({ now: new Date(NOW.getTime() + 61_000) });
    assert.equal(cookie.take(request({ [name]: value }).koa, late), null);
  });
  it('shows nothing on pages of another surface, and nothing whose words went with their module', () => {
    const { cookie, sent } = kit();
    const { jar } = sent(context(), saved);
    assert.equal(cookie.take(request(jar).koa, context({ surface: 'store' })), null);
    const gone = cookie.take(
      request(sent(context(), { kind: 'info', key: 'gone.module.text' }).jar).koa,
      context(),
    );
    assert.equal(wordedFlash(gone, words), null);
  });
  it('refuses what no cookie can hold', () => {
    assert.throws(() => flash(context(), { ...saved, values: { name: 'x'.repeat(4000) } }), TypeError);
  });
  it('leaves redirects without one as they are', () => {
    const plain = redirect('/x', 303, { 'Set-Cookie': 'a=b' });
    assert.equal(kit().cookie.put(context(), plain), plain);
  });
});
