import assert from 'node:assert/strict';
import type { TestAppServer } from '@wizamart/core/testing';
import { withoutBrowser } from './browser.fixture.js';
import { openInventory } from './openInventory.fixture.js';
import { ALL_LOOKS } from './pageChecks.fixture.js';
import { AREAS, type Inventory } from './pageInventory.fixture.js';
import { walkPages } from './walkPages.fixture.js';

describe('Every page there is, in every look [module:core] [module:cms]', function () {
  this.timeout(3_600_000);
  let server: TestAppServer;
  let inventory: Inventory;
  before(async function () {
    if (withoutBrowser !== undefined) {
      console.log(`    skipped: ${withoutBrowser}`);
      this.skip();
    }
    ({ server, inventory } = await openInventory());
  });
  after(async () => {
    if (withoutBrowser !== undefined) return;
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  for (const area of AREAS) {
    it(`is sound for axe and the console, fits 320 px, and is worked by keyboard: ${area.name}`, async () => {
      const pages = inventory.pages.filter((page) => page.area === area);
      const faults = await walkPages(server, { ...inventory, pages }, () => ({
        looks: ALL_LOOKS,
        keyboard: true,
      }));
      assert.deepEqual(faults, []);
    });
  }
});
