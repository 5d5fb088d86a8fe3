import { defineCommand } from 'citty';
export const newPackage = defineCommand({ meta: { name: 'new' } });
