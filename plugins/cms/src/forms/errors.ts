import { defineError } from '@wizamart/core';

export const FormEntryNotFound = defineError<{ entry: string }>({
  code: 'CMS_FORM_ENTRY_NOT_FOUND',
  status: 404,
  message: (d) => `There is no message '${d.entry}'.`,
});
