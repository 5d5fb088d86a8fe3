import type { Page } from 'playwright-core';
import { accessibilityFaults, SIZES, widerThanWindow, type Visit } from './browser.fixture.js';

type Scheme = 'light' | 'dark';

/** A look at a page: how wide, and in which colours. */
export type Look = readonly [keyof typeof SIZES, Scheme];

export const ALL_LOOKS: readonly Look[] = [
  ['desk', 'light'],
  ['desk', 'dark'],
  ['phone', 'dark'],
  ['phone', 'light'],
];

/** What is wrong with the page that is open, one line each: for eyes in these looks, in a narrow window, for the console. */
export async function faultsOf(window: Visit, looks: readonly Look[]): Promise<string[]> {
  const { page, complaints } = window;
  const faults: string[] = [];
  for (const [size, colorScheme] of looks) {
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settle(page);
    for (const fault of [...(await accessibilityFaults(page)), ...(await widerThanWindow(page))])
      faults.push(`${size}, ${colorScheme}: ${fault}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  faults.push(...(await widerThanWindow(page)));
  if ((await page.locator('body').innerText()).includes('[object '))
    faults.push('shows [object …]: a template wrote out what is no text');
  return [...faults, ...complaints];
}

/** Colours that fade would be measured half-way. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });

const isWalked = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { wanted, reached } = (
      globalThis as unknown as Record<'tabWalk', Record<'wanted' | 'reached', HTMLElement[]>>
    ).tabWalk;
    return wanted.every((element) => reached.includes(element));
  });

/**
 * What the keyboard misses: goes through the page with Tab, and compares what was reached with what may be.
 *
 * Pages in frames are walked on their own.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
  await page.setViewportSize(SIZES.desk);
  const count = await page.evaluate(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
    const wanted = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]',
      ),
    ].filter((element) => {
      if (element.matches(':disabled, [type=hidden], [tabindex="-1"]') || element.closest('[inert]'))
        return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      // Of radio buttons of one name only the chosen one, else the first, is stopped at.
      if (element instanceof HTMLInputElement && element.type === 'radio') {
        const group = [
          ...document.querySelectorAll<HTMLInputElement>(
            `input[type=radio][name="${CSS.escape(element.name)}"]`,
          ),
        ].filter(({ form, disabled }) => form === element.form && !disabled);
        return (group.find(({ checked }) => checked) ?? group[0]) === element;
      }
      return true;
    });
    const unseen = (element: Element): boolean => {
      const style = getComputedStyle(element);
      return (
        !(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) && style.boxShadow === 'none'
      );
    };
    const walk = { wanted, reached: [] as HTMLElement[], unseen: [] as HTMLElement[] };
    Object.assign(globalThis, { tabWalk: walk });
    document.addEventListener('focusin', ({ target }) => {
      const element = target as HTMLElement;
      walk.reached.push(element);
      // A field's ring may be drawn around what holds it.
      if (unseen(element) && !(element.parentElement && !unseen(element.parentElement)))
        walk.unseen.push(element);
    });
    for (const animation of document.getAnimations()) animation.finish();
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    return wanted.length;
  });
  // Lists that scroll are stopped at too, and days in three pieces; past the last one the keyboard leaves the page.
  for (let press = 0; press < 3 * count + 2; press++) {
    await page.keyboard.press('Tab');
    if (press > count && press % 5 === 0 && (await isWalked(page))) break;
  }
  return page.evaluate(() => {
    const { wanted, reached, unseen } = (
      globalThis as unknown as Record<'tabWalk', Record<'wanted' | 'reached' | 'unseen', HTMLElement[]>>
    ).tabWalk;
    const name = (element: HTMLElement): string =>
      `<${element.tagName.toLowerCase()}${element.id ? ` id=${element.id}` : ''}> ${(element.getAttribute('aria-label') ?? element.getAttribute('name') ?? element.innerText).trim().slice(0, 40)}`;
    const first = reached.filter(
      (element, at) => element !== document.body && reached.indexOf(element) === at,
    );
    return [
      ...wanted.filter((element) => !first.includes(element)).map((one) => `Tab does not reach ${name(one)}`),
      ...[...new Set(unseen)]
        .filter((one) => wanted.includes(one))
        .map((one) => `the focus is not seen at ${name(one)}`),
      ...first
        .filter(
          (element, at) =>
            at > 0 &&
            ((first[at - 1] as HTMLElement).compareDocumentPosition(element) &
              Node.DOCUMENT_POSITION_PRECEDING) >
              0,
        )
        .map((one) => `Tab jumps back to ${name(one)}`),
    ];
  });
}
