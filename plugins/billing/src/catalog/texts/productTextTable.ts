import { defineMigration } from '@wizamart/core';

/** What hosts brought before there were texts, so that platforms that are there speak all languages too. */
const KNOWN: readonly (readonly [code: string, as: string, description: string, texts: Words])[] = [
  [
    'domain',
    'Own domain',
    'The store under a domain of its own.',
    {
      fr: ['Domaine propre', 'La boutique sous son propre nom de domaine.'],
      de: ['Eigene Domain', 'Der Shop unter einer eigenen Domain.'],
      lb: ['Eegen Domain', 'De Buttek ënner enger eegener Domain.'],
    },
  ],
  [
    'extra-pages',
    'Ten more pages',
    'Ten more pages in each store, of its own making too.',
    {
      fr: ['Dix pages de plus', 'Dix pages de plus dans chaque boutique, pages personnelles comprises.'],
      de: ['Zehn weitere Seiten', 'Zehn weitere Seiten in jedem Shop, auch selbst gestaltete.'],
      lb: ['Zéng Säite méi', 'Zéng Säite méi an all Buttek, och selwer gestalter.'],
    },
  ],
  [
    'extra-team',
    'One more team member',
    '',
    {
      fr: ['Un membre d’équipe de plus', ''],
      de: ['Ein weiteres Teammitglied', ''],
      lb: ['Ee Member vum Team méi', ''],
    },
  ],
  [
    'extra-store',
    'One more store',
    '',
    { fr: ['Une boutique de plus', ''], de: ['Ein weiterer Shop', ''], lb: ['Ee Buttek méi', ''] },
  ],
  [
    'email-package',
    '1,000 more e-mails a month',
    '',
    {
      fr: ['1 000 e-mails de plus par mois', ''],
      de: ['1.000 weitere E-Mails im Monat', ''],
      lb: ['1.000 E-Maile méi de Mount', ''],
    },
  ],
];
type Words = Readonly<Record<'fr' | 'de' | 'lb', readonly [name: string, description: string]>>;

/** What products are called in each language. */
export const productTextTable = defineMigration('20261122_billing_product_text', (m) => {
  m.platformTable('billing_product_text', {
    comment: 'What a tier or add-on is called in a language, beside the name it is sold under.',
    key: ['kind', 'code', 'sold_as', 'language'],
    columns: (t) => {
      t.text('kind').notNullable().comment('tier or add_on.');
      t.text('code').notNullable().comment('Of the tier, or of the add-on.');
      t.text('sold_as')
        .notNullable()
        .comment('The name of the versions that this is a translation of: another name, another text.');
      t.text('language').notNullable().comment('en, fr, de or lb.');
      t.text('name').notNullable().comment('For people and invoices.');
      t.text('description').notNullable().comment('One sentence; empty: as it is sold.');
      t.timestamp('updated_at').notNullable();
      t.check("kind in ('tier', 'add_on')", [], 'billing_product_text_kind');
      t.check("language in ('en', 'fr', 'de', 'lb')", [], 'billing_product_text_language');
    },
  });
  m.grantDirectory('billing_product_text');
  for (const [code, as, description, texts] of KNOWN)
    for (const [language, [name, words]] of Object.entries(texts))
      m.data(
        ['billing_product_text', 'billing_product_version'],
        `insert into billing_product_text (platform_id, kind, code, sold_as, language, name, description, updated_at)
         select distinct v.platform_id, v.kind, v.code, v.name, ${quoted(language)}, ${quoted(name)}, ${quoted(words)}, v.created_at
         from billing_product_version v
         where v.kind = 'add_on' and v.code = ${quoted(code)} and v.name = ${quoted(as)} and v.description = ${quoted(description)}
         on conflict do nothing`,
      );
});

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
