// Refuses a tag that no test carries: a run that selects nothing by a slip of the pen would pass.
// mocha calls it after the files are loaded; scripts/test.mjs hands the wanted tags over in WIZAMART_TEST_TAGS.

/** Tags as they stand in titles: `[module:cms]`. */
const tagPattern = /\[(module|surface):([^\]\s]+)\]/g;

/** Called with the runner as `this`, before the first test. */
export function mochaGlobalSetup() {
  const wanted = JSON.parse(process.env.WIZAMART_TEST_TAGS ?? '[]');
  if (wanted.length === 0) return;
  const known = [...new Set(titlesOf(this.suite).flatMap(tagsIn))].sort();
  const unknown = wanted.filter((tag) => !known.includes(tag));
  if (unknown.length === 0) return;
  console.error(`No test carries ${unknown.join(', ')}. Known: ${known.join(', ') || 'none'}.`);
  process.exit(2);
}

export function tagsIn(title) {
  return [...title.matchAll(tagPattern)].map(([, kind, value]) => `${kind}:${value}`);
}

function titlesOf(suite) {
  return [suite.title, ...suite.tests.map((test) => test.title), ...suite.suites.flatMap(titlesOf)];
}
