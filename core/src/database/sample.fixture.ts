import type { Actor, TenantContext } from '../kernel/context.js';
import { defineMigration } from './migration.js';
import { MerchantModel } from './models/MerchantModel.js';
import { PlatformModel } from './models/PlatformModel.js';
import { StoreModel } from './models/StoreModel.js';
import { uuidv7 } from './uuid.js';

/** One table of each kind of owner. */
export const sampleMigration = defineMigration('20261120_samples', (m) => {
  m.rootTable('merchant', 'sample_merchant', {
    comment: 'A merchant.',
    columns: (table) => void table.text('name').notNullable().comment('Its name.'),
    allow: ['select', 'insert'],
  });
  m.platformTable('sample_page', {
    comment: 'A page of a platform.',
    columns: (table) => void table.text('slug').notNullable().comment('Its address.'),
    unique: [['slug']],
  });
  m.merchantTable('sample_note', {
    comment: 'A merchant’s note.',
    columns: (table) => {
      table.text('title').notNullable().comment("A note's title.");
      table.bigInteger('views').notNullable().defaultTo(0).comment('How often it was read.');
      table.date('due_on').comment('Until when.');
    },
  });
  m.storeTable('sample_item', {
    comment: 'An item of a store.',
    columns: (table) => {
      table.text('sku').notNullable().comment('Its number.');
      table.integer('stock').notNullable().defaultTo(0).comment('Pieces at hand.');
      table.uuid('note_id').comment('Note of the merchant about it.');
    },
    unique: [['sku']],
    indexes: [['stock']],
    references: [{ columns: ['note_id'], table: 'sample_note', of: 'merchant' }],
  });
  m.storeTable('sample_item_line', {
    comment: 'A line below an item.',
    key: ['item_id', 'language'],
    columns: (table) => {
      table.uuid('item_id').notNullable().comment('The item.');
      table.text('language').notNullable().comment('Language of the text.');
      table.text('text').notNullable().comment('The text.');
    },
    references: [{ columns: ['item_id'], table: 'sample_item', onDelete: 'cascade' }],
  });
  m.systemTable('sample_session', {
    comment: 'Something from before a tenant is known.',
    columns: (table) => {
      table.uuid('id').primary().comment('Made by the application.');
      table.uuid('store_id').comment('Where it is.');
    },
  });
  m.grantSystem('sample_item', ['select']);
  m.grantDirectory('sample_item');
});

export const sampleSets = [{ plugin: 'core', migrations: [sampleMigration] }];

export class Page extends PlatformModel {
  static override tableName = 'sample_page';
  declare id: string;
  declare slug: string;
}

export class Note extends MerchantModel {
  static override tableName = 'sample_note';
  declare id: string;
  declare title: string;
  declare views: number;
  declare dueOn: string | null;
}

export class Item extends StoreModel {
  static override tableName = 'sample_item';
  declare id: string;
  declare sku: string;
  declare stock: number;
  declare noteId: string | null;
}

export class ItemLine extends StoreModel {
  static override tableName = 'sample_item_line';
  static override idColumn = ['itemId', 'language'];
  declare itemId: string;
  declare language: string;
  declare text: string;
}

export const anonymous: Actor = { kind: 'anonymous' };
export const worker: Actor = { kind: 'system', name: 'test' };

/** A context with as much of a tenant as is given; only what the database reads is real. */
export function sampleContext(
  tenant: {
    platformId?: string;
    merchantId?: string;
    storeId?: string;
    actor?: Actor;
    surface?: TenantContext['surface'];
  } = {},
): TenantContext {
  const { platformId = uuidv7(), merchantId, storeId, actor = anonymous, surface = 'store' } = tenant;
  return {
    platform: { id: platformId, code: 'sample' },
    merchant: merchantId ? { id: merchantId, name: 'Merchant' } : null,
    store: storeId ? { id: storeId, merchantId } : null,
    actor,
    surface,
    language: 'en',
    now: new Date('2026-11-20T12:00:00Z'),
    requestId: 'test',
    tx: null,
  } as unknown as TenantContext;
}

/** A store of a merchant of its own. */
export function sampleStore(): TenantContext {
  return sampleContext({ merchantId: uuidv7(), storeId: uuidv7() });
}
