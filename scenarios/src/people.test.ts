import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { SIZES, visit, type Visit } from './browser.fixture.js';
import { tellInBrowser } from './story.fixture.js';
import { mailedLink } from './mail.fixture.js';
import { ALL_LOOKS, faultsOf } from './pageChecks.fixture.js';
import { codeOf } from './totp.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';

const DESK = '/platforms/oms/store/acme';
const OWNER = 'owner@acme.example';
const NEW = 'nine quiet herons by the mill';

describe('People in a browser [module:core] [module:platform-admin] [surface:store] [surface:admin]', function () {
  this.timeout(240_000);
  const story = tellInBrowser(() => openShop({ jobs: true }));
  const { address } = story;

  /** In both schemes and both widths; the window is a desk's afterwards. */
  const isSound = async (window: Visit, what: string): Promise<void> => {
    assert.deepEqual(await faultsOf(window, ALL_LOOKS), [], what);
    await window.page.setViewportSize(SIZES.desk);
  };
  const give = async (page: Page, email: string, password = PASSWORD): Promise<void> => {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  async function signedIn(at: string, email: string, password = PASSWORD): Promise<Visit> {
    const window = await visit();
    await window.page.goto(address(`${at}/login`));
    await give(window.page, email, password);
    await window.page.waitForURL((url) => !url.pathname.endsWith('/login'));
    return window;
  }
  const menuOf = (page: Page): Promise<string[]> =>
    page.getByRole('navigation', { name: 'Main menu' }).getByRole('link').allInnerTexts();

  it('sign in, are told of a wrong password, and set up a second step that is asked from then on', async () => {
    const window = await visit();
    const { page, complaints } = window;
    await page.goto(address(`${DESK}/login`));
    await give(page, OWNER, 'not the password');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('E-mail address').inputValue(), OWNER);
    complaints.length = 0;
    await isSound(window, 'the refusal');
    await give(page, OWNER);
    await page.waitForURL(/dashboard/);

    await page.goto(address(`${DESK}/profile/security`));
    await isSound(window, 'the security page');
    await page.getByRole('button', { name: 'Set up' }).click();
    const secret = await page.locator('#totp-secret').inputValue();
    await isSound(window, 'the QR code');
    await page.getByLabel('Code of the app').fill(codeOf(secret, story.server.clock.now()));
    // A second press does not take the codes out of sight.
    await page.getByRole('button', { name: 'Turn on' }).dblclick();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    const codes = (await page.getByLabel('Recovery codes').inputValue()).trim().split('\n');
    assert.equal(codes.length, 10);
    await isSound(window, 'the recovery codes');
    await window.close();

    const again = await visit();
    const second = async (code: string): Promise<void> => {
      await again.page.context().clearCookies();
      await again.page.goto(address(`${DESK}/login`));
      await give(again.page, OWNER);
      await again.page.getByLabel('Code', { exact: true }).fill(code);
      await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await second('000000');
    await again.page.getByRole('alert').waitFor();
    again.complaints.length = 0;
    await isSound(again, 'the second step');
    story.server.clock.advance(60_000);
    await second(codeOf(secret, story.server.clock.now()));
    await again.page.waitForURL(/dashboard/);
    await second(codes[0] ?? '');
    await again.page.waitForURL(/dashboard/);
    await again.page.goto(address(`${DESK}/profile/security`));
    await again.page
      .getByLabel(/password/i)
      .last()
      .waitFor();
    await again.page.locator('[name=passwordForTotp]').fill(PASSWORD);
    await again.page.getByRole('button', { name: 'Turn off', exact: true }).click();
    await again.page.getByText('Two-step sign-in is off.').waitFor();
    await again.close();
  });

  it('are given a role of their own by the matrix, accept by mail, and see what it holds and nothing else', async () => {
    const owner = await signedIn(DESK, OWNER);
    const { page } = owner;
    await page.goto(address(`${DESK}/team/roles/new`));
    await isSound(owner, 'the form of a role');
    await page.getByLabel('Name of the role').fill('Window dresser');
    await page.locator('main form button[type=submit]').last().click();
    await page.getByText('The role is there.').waitFor();
    for (const permission of ['core.dashboard.view', 'core.theme.view', 'core.theme.edit'])
      await page.locator(`input[type=checkbox][value="${permission}"]`).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    assert.equal(await page.locator('input[value="core.theme.view"]').isChecked(), true);
    await isSound(owner, 'the matrix');

    await page.goto(address(`${DESK}/team/invite`));
    await page.getByLabel('E-mail address').fill('lena@acme.example');
    await page.locator('select[name=role]').selectOption({ label: 'Window dresser' });
    await isSound(owner, 'the invitation');
    await page.locator('main form button[type=submit]').last().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/invite'));

    const lena = await visit();
    await lena.page.goto(address(await mailedLink(story.server, 'lena@acme.example', '/invitation')));
    await isSound(lena, 'the page behind the link');
    await lena.page.locator('[name=name]').fill('Lena Muller');
    await lena.page.locator('[name=password]').fill(NEW);
    await lena.page.getByRole('button', { name: 'Join' }).click();
    await lena.page.waitForURL(/dashboard/);
    const menu = (await menuOf(lena.page)).map((entry) => entry.trim());
    assert.ok(menu.includes('Theme') && menu.includes('Dashboard'), menu.join());
    for (const hidden of ['Team', 'Pages', 'Activity', 'Menus', 'Media', 'Messages'])
      assert.ok(!menu.includes(hidden), `${hidden} in ${menu.join()}`);
    await isSound(lena, 'the dashboard of a restricted role');
    for (const [path, status] of [
      ['/theme', 200],
      ['/team', 404],
      ['/team/roles', 404],
      ['/content-pages', 404],
      ['/activity', 404],
    ] as const)
      assert.equal((await lena.page.request.get(address(DESK + path))).status(), status, path);
    await lena.close();
    await owner.close();
  });

  it('end a session of theirs in one window, and are out in the other at once', async () => {
    const here = await signedIn(DESK, 'staff@acme.example');
    const there = await signedIn(DESK, 'staff@acme.example');
    await here.page.goto(address(`${DESK}/profile/security`));
    await isSound(here, 'the list of sessions');
    const end = here.page.locator('main form[action$="/end"]').first();
    await end.getByRole('button').first().click();
    const confirm = here.page.locator('dialog[open] button[type=submit]');
    if (await confirm.count()) await confirm.click();
    await here.page.waitForURL(/security/);
    await there.page.goto(address(`${DESK}/dashboard`));
    assert.match(there.page.url(), /login/);
    await here.page.goto(address(`${DESK}/dashboard`));
    assert.match(here.page.url(), /dashboard/);
    await here.close();
    await there.close();
  });

  it('are acted for by an administrator with a reason, under a banner on every page, errors too, until it is stopped', async () => {
    const admin = await signedIn('/admin', 'admin@wizamart.example');
    const { page } = admin;
    await page.goto(address('/admin/platforms/oms/stores?q=acme'));
    await page.getByRole('row').getByRole('link', { name: 'Acme', exact: false }).first().click();
    await page.waitForURL(/stores\/[0-9a-f-]{36}/);
    await page.goto(`${page.url().replace(/[?#].*/, '')}/people`);
    await isSound(admin, 'the people of a store');
    await page
      .getByRole('row')
      .filter({ hasText: 'staff@acme.example' })
      .locator('a[href$="/impersonate"]')
      .evaluate((link: HTMLAnchorElement) => {
        link.click();
      });
    await page.waitForURL(/impersonate$/);
    await isSound(admin, 'the question for a reason');
    await page.getByLabel('Reason').fill('Ticket 4711');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL(/dashboard/);
    const banner = page.getByText('admin@wizamart.example acts as staff@acme.example');
    await isSound(admin, 'the dashboard under the banner');
    for (const path of ['/dashboard', '/content-pages', '/nothing-here', '/team/roles/new']) {
      await page.goto(address(DESK + path));
      assert.ok(await banner.isVisible(), path);
    }
    admin.complaints.length = 0;
    await page.goto(address(`${DESK}/dashboard`));
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.waitForURL(/\/admin/);
    await page.goto(address(`${DESK}/dashboard`));
    assert.match(page.url(), /login/);
    await admin.close();
  });

  it('choose a new password by mail', async () => {
    const window = await visit();
    const { page } = window;
    await page.goto(address(`${DESK}/login`));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await isSound(window, 'the forgotten password');
    await page.getByLabel('E-mail address').fill('staff@acme.example');
    await page.getByRole('button', { name: 'Send link' }).click();
    await isSound(window, 'what is said of the mail');
    await page.goto(address(await mailedLink(story.server, 'staff@acme.example', '/reset')));
    await isSound(window, 'the new password');
    await page.getByLabel('New password').fill(NEW);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await isSound(window, 'the password that is set');
    await window.close();
    const after = await signedIn(DESK, 'staff@acme.example', NEW);
    assert.match(after.page.url(), /dashboard/);
    await after.close();
  });

  it('pick one of their stores, and switch to another', async () => {
    const window = await signedIn('/platforms/oms/store', OWNER);
    const { page } = window;
    await isSound(window, 'the store picker');
    await page.getByRole('link', { name: /Acme Esch/ }).click();
    await page.waitForURL(/acme-esch\/dashboard/);
    await page.locator('a.workplace').first().click();
    await page.getByRole('heading', { name: /Choose/ }).waitFor();
    await page.locator(`a.choice[href="${DESK}/dashboard"]`).click();
    await page.waitForURL(/store\/acme\/dashboard/);
    await window.close();
  });
});
