import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { isSound, type Visit } from './browser.fixture.js';
import { LOOKS, tellInBrowser } from './story.fixture.js';

const DESK = '/platforms/oms/store/acme';

describe('Invoices in a browser [module:billing] [surface:store]', function () {
  this.timeout(180_000);
  const story = tellInBrowser();
  const { address } = story;

  async function signedIn(options: BrowserContextOptions = {}): Promise<Visit> {
    const window = await story.signedIn(DESK, 'owner@acme.example', options);
    // The desk one lands on has tests of its own.
    window.complaints.length = 0;
    return window;
  }
  async function setUp(page: Page): Promise<void> {
    await page.goto(address(`${DESK}/invoices/settings`));
    await page.getByLabel('Name', { exact: true }).fill('Acme S.à r.l.');
    await page.locator('[name="address.line1"]').fill('1, rue du Fossé');
    await page.locator('[name="address.postalCode"]').fill('1536');
    await page.locator('[name="address.city"]').fill('Luxembourg');
    await page.locator('[name="vatId"]').fill('LU26375245');
    await page.locator('[name="email"]').fill('hello@acme.example');
    await page.locator('.save-bar').getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('The settings are saved.').waitFor();
  }
  async function write(page: Page): Promise<void> {
    await page.goto(address(`${DESK}/invoices/new`));
    await page.locator('[name="buyer.name"]').fill('Ada Lovelace');
    await page.locator('[name="buyer.address.line1"]').fill('2, Grand-Rue');
    await page.locator('[name="buyer.address.city"]').fill('Luxembourg');
    await page.locator('[name="lines.0.description"]').fill('Cup');
    await page.locator('[name="lines.0.unitPriceMinor"]').fill('14.90');
  }
  async function finalised(page: Page): Promise<void> {
    await write(page);
    await page.locator('.save-bar').getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('link', { name: 'Finalise' }).click();
    await page.locator('.confirm').getByRole('button', { name: 'Finalise' }).click();
    await page.getByText(/is finalised/).waitFor();
  }

  it('go from settings to a draft with live totals, a number, a file and a partial credit', async () => {
    const window = await signedIn();
    const { page } = window;
    await page.goto(address(`${DESK}/invoices`));
    await page.getByRole('link', { name: 'Fill in the settings' }).click();
    await setUp(page);
    await write(page);
    // Nothing is pressed: the totals follow what is typed.
    await page.locator('#draft-preview').getByText('€17.43').waitFor();
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.locator('[name="lines.1.description"]').fill('Pot');
    await page.locator('[name="lines.1.unitPriceMinor"]').fill('10');
    await page.locator('#draft-preview').getByText('€29.13').waitFor();
    await page.getByRole('button', { name: 'Remove (Line 2)' }).click();
    await page.locator('#draft-preview').getByText('€17.43').waitFor();
    await page.locator('.save-bar').getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('The draft is saved.').waitFor();
    await page.getByRole('link', { name: 'Finalise' }).click();
    await page.getByText(/INV-\d{4}-00001/).waitFor();
    await page.locator('.confirm').getByRole('button', { name: 'Finalise' }).dblclick();
    const title = page.locator('main h1');
    await title.getByText(/INV-\d{4}-00001/).waitFor();
    const number = await title.innerText();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'PDF' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `${number}.pdf`);
    const pdf = (await readFile(await download.path())).toString('latin1');
    assert.match(pdf, /^%PDF-/);
    assert.ok(pdf.includes(number), 'the number is not in the file');
    await page.getByRole('link', { name: 'Credit', exact: false }).first().click();
    await page.getByLabel('Amounts of lines').check();
    await page.getByLabel('Reason').fill('Chipped');
    await page.getByLabel('Line 1: Cup').fill('4.90');
    await page.getByRole('button', { name: 'Credit', exact: true }).click();
    await page.getByText(/Credit note CN-\d{4}-00001 is issued/).waitFor();
    await page.getByRole('link', { name: number }).click();
    await page.getByRole('link', { name: 'Credit', exact: false }).first().click();
    await page.getByText('€10.00 left').waitFor();
    assert.deepEqual(window.complaints, []);
    await window.close();
  });

  it('are written without a script, too', async () => {
    const window = await signedIn({ javaScriptEnabled: false });
    const { page } = window;
    await setUp(page);
    await write(page);
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.locator('[name="lines.1.description"]').fill('Pot');
    await page.locator('[name="lines.1.unitPriceMinor"]').fill('10');
    await page.getByRole('button', { name: 'Reckon' }).click();
    await page.locator('#draft-preview').getByText('€29.13').waitFor();
    await window.close();
  });

  for (const { size, viewport, colorScheme } of LOOKS) {
    it(`are sound on every page on a ${size}, ${colorScheme}`, async () => {
      const window = await signedIn({ viewport, colorScheme });
      const { page } = window;
      const look = async (what: string): Promise<void> => {
        assert.equal(await page.locator('main h1').count(), 1, what);
        await isSound(window, `${what} on a ${size}, ${colorScheme}`);
      };
      await setUp(page);
      await look('settings');
      await write(page);
      await page.locator('#draft-preview').getByText('€17.43').waitFor();
      await look('a new draft');
      await finalised(page);
      await look('an invoice');
      const at = page.url();
      await page.goto(`${at}/credit`);
      await look('a credit');
      for (const path of ['/invoices', '/invoices/oss']) {
        await page.goto(address(DESK + path));
        await look(path);
      }
      await write(page);
      await page.locator('.save-bar').getByRole('button', { name: 'Save draft' }).click();
      await page.getByText('The draft is saved.').waitFor();
      await look('a draft');
      await page.getByRole('link', { name: 'Finalise' }).click();
      await page.locator('.confirm').waitFor();
      await look('the question before a number');
      await window.close();
    });
  }
});
