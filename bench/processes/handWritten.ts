// What one would write without a framework: Koa, pg with named statements, precompiled Handlebars. No tenants, no
// locks, one language negotiation, one kind of page. It draws the product's own templates, so that the HTML is the same.
import Koa from 'koa';
import Router from '@koa/router';
import pg from 'pg';
import { drawPage, type Site } from './handWritten/draw.js';
import {
  findMenu,
  findPage,
  findStore,
  findTheme,
  type MenuRow,
  type StoreRow,
  type ThemeRow,
} from './handWritten/queries.js';

const keepsStores = process.env['STORES'] === 'memory';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const keepsMenus = process.env['MENUS'] === 'memory';
const menus = new Map<string, readonly MenuRow[]>();
const stores = new Map<string, { store: StoreRow; theme: ThemeRow }>();

async function storeOf(host: string): Promise<{ store: StoreRow; theme: ThemeRow } | undefined> {
  const known = stores.get(host);
  if (known) return known;
  const store = await findStore(pool, host);
  if (!store) return undefined;
  const found = { store, theme: await findTheme(pool, store) };
  if (keepsStores) stores.set(host, found);
  return found;
}

async function menuOf(store: StoreRow): Promise<readonly MenuRow[]> {
  const known = menus.get(store.id);
  if (known) return known;
  const menu = await findMenu(pool, store);
  if (keepsMenus) menus.set(store.id, menu);
  return menu;
}

const router = new Router();
router.get('/:slug', async (ctx) => {
  const host = ctx.get('Host');
  const found = await storeOf(host);
  if (!found) return;
  const { store, theme } = found;
  const [page, menu] = await Promise.all([
    findPage(pool, store, ctx['params'].slug as string),
    menuOf(store),
  ]);
  if (!page) return;
  const site: Site = { store, theme, menu, host, path: ctx.path };
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'public, no-cache');
  ctx.body = drawPage(page, site);
});

const app = new Koa();
app.use(router.routes());
app.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGTERM', () => {
  process.exit(0);
});
