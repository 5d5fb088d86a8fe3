import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import { furnish } from './furnish.fixture.js';
import { pageRoutes, walkLinks, type Given, type Inventory } from './pageInventory.fixture.js';
import { openShop } from './world.fixture.js';

/** Routes of pages that answer with something else than a page, and why. */
const NO_PAGES: Readonly<Record<string, string>> = {
  'admin /modules/compare.csv': 'a file',
  'admin /form-entries/export': 'a file',
  'admin /pages/export': 'a file',
  'admin /defaults/export': 'a file',
  'admin /media/:id/files/:file': 'a file',
  'admin /billing-history/:id/pdf': 'a file',
  'admin /billing-history/:id/xml': 'a file',
  'admin /platforms/new/:draftId': 'leads on to the step that waits for an answer',
  'store /': 'leads on to the dashboard; the store picker is a scenario of its own',
  'store /activity.csv': 'a file',
  'store /form-entries/export': 'a file',
  'store /content-pages/export': 'a file',
  'store /media/:id/files/:file': 'a file',
  'store /billing/history/:id/pdf': 'a file',
  'store /billing/history/:id/xml': 'a file',
  'platform /signup/:token': 'leads on to the step that waits for an answer',
  'platform /sitemap.xml': 'a file',
  'platform /robots.txt': 'a file',
  'platform /api/v1/openapi.json': 'a file',
  'platform /branding/:file': 'a file',
  'platform /media/:id/:file': 'a file',
  'storefront /storefront': 'leads on to the address with a slash',
  'storefront /sitemap.xml': 'a file',
  'storefront /robots.txt': 'a file',
  'storefront /branding/:file': 'a file',
  'storefront /media/:id/:file': 'a file',
};

/** Questions that dialogs ask where scripts run, so that no link shows their pages. */
const BESIDE: Readonly<Record<string, { readonly of: string; readonly end: string }>> = {
  '/tiers/:code/edit': { of: '/tiers/:code/:verb', end: '/../edit' },
  '/stores/:storeId/domains/:domainId/release': {
    of: '/stores/:storeId/domains/:domainId',
    end: '/release',
  },
};

/** A furnished shop, and an address for every route of a page that any host has. */
export async function openInventory(): Promise<{ server: TestAppServer; inventory: Inventory }> {
  const server = await openShop({ jobs: true });
  try {
    return { server, inventory: await inventoryOf(server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function inventoryOf(server: TestAppServer): Promise<Inventory> {
  const furnished = await furnish(server);
  const given: Given = (area, found) => ({
    ...furnished[area.surface],
    ...Object.fromEntries(
      Object.entries(BESIDE).flatMap(([pattern, { of, end }]) =>
        found.has(of) ? [[pattern, new URL(`http://x${found.get(of)}${end}`).pathname]] : [],
      ),
    ),
  });
  return walkLinks(server, given);
}

/** Each route is walked, or said to be none; nothing is said of what is not there. */
export function assertComplete(server: TestAppServer, { pages, otherwise }: Inventory): void {
  const missed = [...otherwise].filter(([route]) => !(route in NO_PAGES));
  assert.deepEqual(
    missed.map(([route, answer]) => `${route}: ${answer}`),
    [],
    'let a page link there, fill it in (furnish), or say in NO_PAGES why it is no page',
  );
  const routes = new Set(pageRoutes(server).map(({ surface, path }) => `${surface} ${path}`));
  const walked = new Set(pages.map(({ area, pattern }) => `${area.surface} ${pattern}`));
  assert.deepEqual(
    Object.keys(NO_PAGES).filter((route) => !routes.has(route) || walked.has(route)),
    [],
    'these are pages, or are no more',
  );
  assert.deepEqual(
    [...routes].filter((route) => !walked.has(route) && !(route in NO_PAGES)),
    [],
  );
}
