import type { Audit, Database, InTransaction, Language, PageCache, TenantContext } from '@wizamart/core';
import { LANGUAGES, parseInput } from '@wizamart/core';
import { ProductNotFound } from '../errors.js';
import type { ProductKind } from '../ProductVersion.js';
import { ProductText } from './ProductText.js';
import { textsSchema, type Texts, type TextsInput } from './textsSchema.js';

/** Something that is sold, under the name that it is sold under. */
export interface Named {
  readonly kind: ProductKind;
  readonly code: string;
  readonly name: string;
  readonly description?: string;
}

/** Says what products are called in one language; what nobody translated keeps the name that it is sold under. */
export interface ProductNames {
  nameOf(product: Named): string;
  descriptionOf(product: Named & { readonly description: string }): string;
}

interface Row {
  readonly kind: ProductKind;
  readonly code: string;
  readonly soldAs: string;
  readonly name: string;
  readonly description: string;
}

const IN_LANGUAGE = {
  name: 'billing_product_texts',
  text: 'SELECT kind, code, sold_as AS "soldAs", name, description FROM billing_product_text WHERE platform_id = $1 AND language = $2',
};

/**
 * What tiers and add-ons are called in the four languages.
 *
 * A text belongs to the name that a version was sold under: who bought it under another name reads that one, until
 * somebody translates it too. Texts are no part of a version: a word that is mended changes no terms.
 */
export class ProductTexts {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #pageCache: PageCache;

  constructor(deps: { readonly database: Database; readonly audit: Audit; readonly pageCache: PageCache }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#pageCache = deps.pageCache;
  }

  /** Names in a language, that of the context when it is left out. Joins an open unit of work. */
  async names(ctx: TenantContext, language: Language = ctx.language): Promise<ProductNames> {
    const rows = await this.#database.read<Row & object>(ctx, IN_LANGUAGE, [ctx.platform.id, language]);
    const known = new Map(rows.map((row) => [keyOf(row.kind, row.code, row.soldAs), row]));
    const textOf = ({ kind, code, name }: Named): Row | undefined => known.get(keyOf(kind, code, name));
    return {
      nameOf: (product) => textOf(product)?.name ?? product.name,
      descriptionOf: (product) => textOf(product)?.description || product.description,
    };
  }

  /** The texts of a product for the name that it is sold under, by language. */
  async of(ctx: TenantContext, { kind, code, name }: Named): Promise<Texts> {
    const rows = await this.#database.unit(ctx, (inside) =>
      ProductText.in(inside).where({ kind, code, soldAs: name }),
    );
    return Object.fromEntries(
      rows.map(({ language, name: text, description }) => [language, { name: text, description }]),
    );
  }

  /** Says what a product is called: these languages and no others. @throws {InvalidInput} */
  async save(ctx: TenantContext, product: Named, input: TextsInput): Promise<void> {
    const texts = parseInput(textsSchema, input);
    await this.#database.unit(ctx, async (inside) => {
      await lock(inside, product);
      const before = await this.of(inside, product);
      if (sameTexts(before, texts)) return;
      const { kind, code, name: soldAs } = product;
      await ProductText.in(inside).where({ kind, code, soldAs }).delete();
      for (const language of LANGUAGES) {
        const text = texts[language];
        if (text)
          await ProductText.in(inside).insert({
            kind,
            code,
            soldAs,
            language,
            ...text,
            updatedAt: inside.now,
          });
      }
      await this.#audit.record(inside, {
        action: 'billing.product.translated',
        subject: { type: `billing.${kind}`, id: code, name: soldAs },
        from: before,
        to: texts,
      });
      await this.#pageCache.invalidate({ ...inside, store: null }, 'platform');
    });
  }
}

const keyOf = (kind: ProductKind, code: string, soldAs: string): string => `${kind} ${code} ${soldAs}`;

/** Two who write at the same time come one after the other. @throws {ProductNotFound} */
async function lock({ tx, platform }: InTransaction, { kind, code }: Named): Promise<void> {
  const rows = await tx.query(
    'SELECT 1 AS found FROM billing_product WHERE platform_id = $1 AND kind = $2 AND code = $3 FOR UPDATE',
    [platform.id, kind, code],
  );
  if (rows.length === 0) throw new ProductNotFound({ kind, code });
}

const sameTexts = (a: Texts, b: Texts): boolean =>
  LANGUAGES.every(
    (language) =>
      a[language]?.name === b[language]?.name && a[language]?.description === b[language]?.description,
  );
