import type { TestDatabase } from './testing.js';

/**
 * Adds stores `many-{from}` to `many-{to}` to a platform, each of a merchant of its own and with three pages in three
 * languages; the page `about` of a store is titled by its code.
 */
export async function addStores(
  { everything }: TestDatabase,
  { platform, from, to }: { readonly platform: string; readonly from: number; readonly to: number },
): Promise<void> {
  await everything(`
    create temp table new_store as
      select n, 'many-' || n as code, gen_random_uuid() as merchant_id, gen_random_uuid() as store_id, p.id as platform_id, now() - interval '1 hour' as at
      from generate_series(${from}, ${to}) n, core_platform p where p.code = '${platform}';
    insert into core_merchant (id, legal_name, display_name, country, email, created_at, updated_at)
      select merchant_id, code, code, 'LU', code || '@example.org', at, at from new_store;
    insert into core_merchant_platform (merchant_id, platform_id, joined_at) select merchant_id, platform_id, at from new_store;
    insert into core_store (merchant_id, id, code, name, status, default_language, languages, created_at, updated_at)
      select merchant_id, store_id, code, code, 'active', 'en', '{en,fr,de}', at, at from new_store;
    insert into core_store_platform (merchant_id, store_id, platform_id, subdomain, is_primary, joined_at)
      select merchant_id, store_id, platform_id, code, true, at from new_store;
    create temp table new_page as
      select s.*, slug, gen_random_uuid() as page_id from new_store s, unnest(array['about', 'contact', 'faq']) slug;
    insert into cms_store_page (merchant_id, store_id, platform_id, id, slug, template, placement, position, live_version, published_at, created_at, updated_at)
      select merchant_id, store_id, platform_id, page_id, slug, 'article', 'header', 1, 1, at, at, at from new_page;
    insert into cms_store_page_translation (merchant_id, store_id, platform_id, page_id, version, language, title, description, body, seo)
      select merchant_id, store_id, platform_id, page_id, 1, language, code, '', '[{"type": "richText", "html": "<p>A page like any other.</p>"}]', '{}'
      from new_page, unnest(array['en', 'fr', 'de']) language;
    analyze`);
}
