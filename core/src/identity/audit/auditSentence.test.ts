import assert from 'node:assert/strict';
import { coreLocales } from '../../builtin/packageFolders.js';
import { readLocales, type PluginLocales } from '../../i18n/locales.js';
import { actionsOf, sentenceKeyOf, sentenceProblems } from './auditSentence.js';

const locales = (en: Record<string, string>, others: Record<string, string> = en): PluginLocales => ({
  code: 'shop',
  messages: { en, fr: others, de: others, lb: others },
});

describe('Sentences of the audit trail [module:core]', () => {
  it('are found by the action, and declare it', () => {
    assert.equal(sentenceKeyOf('shop.order.paid'), 'shop.audited.order.paid');
    assert.deepEqual(actionsOf(locales({ 'shop.title': 'Shop', 'shop.audited.order.paid': 'paid' })), [
      'shop.order.paid',
    ]);
  });

  it('are there for all of core, in every language', () => {
    const core = readLocales('core', coreLocales);
    assert.ok(actionsOf(core).length > 70);
    assert.deepEqual(sentenceProblems(core), []);
  });

  it('are missed where a language has none, takes what is not given, or names no action', () => {
    const problems = sentenceProblems(
      locales(
        {
          'shop.audited.order.paid': 'paid {subject}',
          'shop.audited.order': 'x',
          'shop.audited.a.b': '{who}',
        },
        { 'shop.audited.order': 'x', 'shop.audited.a.b': 'b' },
      ),
    );
    assert.equal(
      problems.filter((problem) => problem.includes("'shop.order.paid' has no sentence")).length,
      3,
    );
    assert.equal(problems.filter((problem) => problem.includes('takes {who}')).length, 1);
    assert.equal(problems.filter((problem) => problem.includes('the sentence of no action')).length, 1);
  });
});
