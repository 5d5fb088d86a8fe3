import assert from 'node:assert/strict';
import type { Language } from '@wizamart/core';
import type { TestAppServer, TestClient, TestResponse } from '@wizamart/core/testing';
import { withoutBrowser } from './browser.fixture.js';
import { assertComplete, openInventory } from './openInventory.fixture.js';
import type { Inventory, InventoryPage } from './pageInventory.fixture.js';
import { dictionary, textsOf, translatedElsewhere } from './pageTexts.fixture.js';
import { ALL_LOOKS } from './pageChecks.fixture.js';
import { walkPages } from './walkPages.fixture.js';

/** Data that happen to be a text elsewhere: a tier, an add-on, pages, a field of a change, a language's own name. */
const DATA: ReadonlySet<string> = new Set([
  ...['Business', 'Own domain', 'Table', 'Contact', 'Features', 'Pricing', 'Opening hours'],
  ...['title', 'English'],
]);
/** Pages around a site in its own language, and what developers read: names in code, and examples. */
const SHOWN = /\/live$|\/preview\b|\/revert$|^\/dev-tools\//;
/** Actions, which the trail names in its headings, that are spelled like a key. */
const ACTIONS: ReadonlySet<string> = new Set(['billing.invoice.finalised']);
const NOTHING: ReadonlySet<string> = new Set();
const LANGUAGES: readonly Language[] = ['en', 'fr', 'de', 'lb'];

describe('Every page there is [module:core] [module:cms]', function () {
  this.timeout(600_000);
  let server: TestAppServer;
  let inventory: Inventory;
  before(async () => {
    ({ server, inventory } = await openInventory());
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  /** Everybody speaks it from now on. */
  async function speak(language: Language): Promise<void> {
    for (const email of new Set([...inventory.clients.keys()].flatMap(({ person }) => person?.email ?? []))) {
      const [user] = await server.database.everything<{ id: string; name: string }>(
        'select id, name from core_user where email = $1',
        [email],
      );
      assert.ok(user, email);
      await server.parts.users.setProfile(user.id, { name: user.name, language });
    }
  }

  const isSite = ({ area }: InventoryPage): boolean =>
    area.surface === 'platform' || area.surface === 'storefront';
  /** Sites speak what they are set to, invitations what was chosen for who is invited, API documents English. */
  const speaks = (page: InventoryPage, language: Language): boolean =>
    language === 'en' ||
    (isSite(page)
      ? page.pattern !== '/api/docs' && server.platform('oms').languages.includes(language)
      : page.pattern !== '/invitation');

  /** Dashboards follow the person, doors the browser, sites the address. */
  function read(page: InventoryPage, language: Language): Promise<TestResponse> {
    const { area, address } = page;
    const below = address.slice(area.root.length);
    return (inventory.clients.get(area) as TestClient).get(
      isSite(page) && language !== 'en' ? `${area.root}/${language}${below}` : address,
      { headers: { 'accept-language': language } },
    );
  }

  it('is walked: every route of every host has an address, or a reason why it is no page', () => {
    assertComplete(server, inventory);
  });

  for (const language of LANGUAGES) {
    it(`answers in ${language}, with neither a key nor words of another language`, async () => {
      await speak(language);
      const keys = new Set([...dictionary('en').keys()].filter((key) => !ACTIONS.has(key)));
      const english = language === 'en' ? new Set<string>() : translatedElsewhere(language);
      const faults: string[] = [];
      for (const page of inventory.pages.filter((one) => speaks(one, language))) {
        const at = `${page.pattern} (${page.area.name})`;
        const { html } = (await read(page, language)).expect(200);
        if (!SHOWN.test(page.pattern) && !html.startsWith(`<!doctype html>\n<html lang="${language}"`))
          faults.push(`${at} is in another language`);
        if (!/<h1[^>]*>\s*\S/.test(html)) faults.push(`${at} has no heading`);
        const foreign = SHOWN.test(page.pattern) ? NOTHING : english;
        for (const text of new Set(textsOf(html))) {
          const shown = text.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, ''));
          const key = shown.find((word) => word.includes('.') && keys.has(word));
          if (key !== undefined) faults.push(`${at} shows the key ${key}`);
          if (foreign.has(text) && !DATA.has(text)) faults.push(`${at} says '${text}'`);
        }
      }
      assert.deepEqual(faults, []);
    });
  }

  it('no text is missing in any of the four languages, where another would be shown instead', () => {
    for (const language of LANGUAGES)
      assert.deepEqual(
        [...dictionary(language).keys()].sort(),
        [...dictionary('en').keys()].sort(),
        language,
      );
  });

  it('nobody sees dashboards who is not signed in, and nothing of them is kept by caches', async () => {
    for (const page of inventory.pages.filter(({ isPublic }) => !isPublic)) {
      const answer = (await server.client().get(page.address)).expect(303);
      assert.match(answer.location ?? '', /login/);
      assert.match(
        String((await read(page, 'en')).headers['cache-control']),
        /no-store|private/,
        page.address,
      );
    }
  });

  it('is sound for axe, the console, a narrow window and the keyboard', async function () {
    if (withoutBrowser !== undefined) {
      console.log(`      skipped: ${withoutBrowser}`);
      this.skip();
    }
    await speak('en');
    // Each page in one of the four looks in turn, every fifth by keyboard; everyPage.deep.ts takes all of them.
    const faults = await walkPages(server, inventory, (at) => ({
      looks: [ALL_LOOKS[at % ALL_LOOKS.length] ?? assert.fail()],
      keyboard: at % 5 === 0,
    }));
    assert.deepEqual(faults, []);
  });
});
