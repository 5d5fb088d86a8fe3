import { platformPage } from './20261120_platform_page.js';
import { storePage } from './20261120_store_page.js';

export const migrations = [platformPage, storePage];
