import { sitemapProperty } from './sitemap.fixture.js';

/** More than 10,000 addresses. */
describe('sitemap.xml, at length [module:cms] [surface:storefront]', () => sitemapProperty(300));
