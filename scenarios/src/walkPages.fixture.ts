import type { TestAppServer } from '@wizamart/core/testing';
import { visit } from './browser.fixture.js';
import { faultsOf, keyboardFaults, type Look } from './pageChecks.fixture.js';
import type { Inventory, InventoryPage } from './pageInventory.fixture.js';

/** What is to be done with the page at a place of the list. */
export interface Plan {
  readonly looks: readonly Look[];
  readonly keyboard: boolean;
}

/** Opens page after page in one window and says what is wrong with them. */
export async function walkPages(
  server: TestAppServer,
  { pages, clients }: Inventory,
  planOf: (at: number, page: InventoryPage) => Plan,
): Promise<string[]> {
  const faults: string[] = [];
  const window = await visit();
  const { page, complaints } = window;
  // The compiler of tests names functions by a helper that pages do not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  let area: InventoryPage['area'] | undefined;
  for (const [at, one] of pages.entries()) {
    if (one.area !== area) {
      area = one.area;
      const context = page.context();
      await context.clearCookies();
      const { person } = area;
      const value = person && clients.get(area)?.cookies.get(person.cookie);
      if (person && value)
        await context.addCookies([{ name: person.cookie, value, domain: 'localhost', path: '/' }]);
    }
    complaints.length = 0;
    const { looks, keyboard } = planOf(at, one);
    const answer = await page.goto(`http://localhost:${server.port}${one.address}`);
    const found = [
      ...(answer?.status() === 200 ? [] : [`answered ${answer?.status()}`]),
      ...(await faultsOf(window, looks)),
      ...(keyboard ? await keyboardFaults(page) : []),
    ];
    faults.push(...found.map((fault) => `${one.pattern} (${one.area.name}): ${fault}`));
  }
  await window.close();
  return faults;
}
