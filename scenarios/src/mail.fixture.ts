import { eventually, type TestAppServer } from '@wizamart/core/testing';

/** Path and query of the newest link to `page` that somebody was mailed; waits until the mail has come. */
export async function mailedLink(server: TestAppServer, email: string, page: string): Promise<string> {
  const link = await eventually(async () => {
    const mails = await server.database.everything<{ text: string }>(
      'select text from core_caught_mail where to_address like $1 order by caught_at desc, id desc',
      [`%${email}%`],
    );
    return mails
      .map(({ text }) => new RegExp(`https?://\\S+${page}\\?token=[\\w.-]+`).exec(text)?.[0])
      .find((one) => one !== undefined);
  });
  const { pathname, search } = new URL(link);
  return pathname + search;
}
