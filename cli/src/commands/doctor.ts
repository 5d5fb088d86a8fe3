import { defineCommand } from 'citty';
import { databaseRoleAdvice, readConfig } from '@wizamart/core/server';
import { failWell } from '../failWell.js';

export const doctor = defineCommand({
  meta: { name: 'doctor', description: 'Looks at the database roles and prints the SQL that makes them.' },
  run: () => failWell(async () => {
    process.stdout.write(await databaseRoleAdvice(readConfig()));
  }),
});
