import { sitemapProperty } from './sitemap.fixture.js';

describe('sitemap.xml [module:cms] [surface:storefront]', () => sitemapProperty(25));
