import type {
  Audit,
  Database,
  InTransaction,
  ModuleSettings,
  Signatures,
  TenantContext,
} from '@wizamart/core';
import type { PageRow } from '../models/PageRow.js';
import type { Editings } from '../services/Editings.js';
import type { JournalKind } from '../services/PageJournal.js';
import { pageDetail } from '../services/pageDetail.js';
import { editedVersion } from '../services/PageVersions.js';
import type { PublicPage } from '../types.js';
import { previewToken, readPreviewToken } from './previewToken.js';
import type { PreviewSettings } from './settings.js';

const DAY_MS = 86_400_000;

export interface PreviewLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** What a link opens. `unknown`: it is not of this site; `over`: it has expired or was revoked, or the page is gone. */
export type OpenedPreview =
  | {
      readonly state: 'shown';
      readonly page: PublicPage;
      readonly isDraft: boolean;
      readonly expiresAt: Date;
    }
  | { readonly state: 'unknown' | 'over' };

interface PreviewLinksDeps {
  readonly database: Database;
  readonly audit: Audit;
  readonly settings: ModuleSettings;
  readonly signatures: Signatures;
  readonly editings: Editings;
}

/** Links that show the draft of a page to whoever has them, without a session, until they expire or are revoked. */
export class PreviewLinks {
  readonly #deps: PreviewLinksDeps;

  constructor(deps: PreviewLinksDeps) {
    this.#deps = deps;
  }

  /** A store's page is seen on the store's own host, all others on the platform's. @throws {PageNotFound} */
  create(ctx: TenantContext, kind: JournalKind, id: string): Promise<PreviewLink> {
    const { database, audit, settings, signatures, editings } = this.#deps;
    return database.unit(ctx, async (ctx) => {
      const page = await editings.of(kind).open(ctx, id);
      const { previewDays } = settings.of<PreviewSettings>(ctx, 'cms');
      const expiresAt = new Date(Math.floor((ctx.now.getTime() + previewDays * DAY_MS) / 1_000) * 1_000);
      const token = previewToken(signatures, ctx, {
        kind,
        pageId: id,
        expiresAt,
        serial: page.previewSerial,
      });
      await audit.record(ctx, {
        action: 'cms.preview.created',
        subject: subjectOf(kind, page),
        to: { expiresAt: expiresAt.toISOString() },
      });
      return { url: ctx.links.canonical(`/preview/${token}`), expiresAt };
    });
  }

  /** Makes all links of a page void. @throws {PageNotFound} */
  async revoke(ctx: TenantContext, kind: JournalKind, id: string): Promise<void> {
    const { database, audit, editings } = this.#deps;
    await database.unit(ctx, async (ctx) => {
      const { tables } = editings.of(kind);
      const page = await editings.of(kind).open(ctx, id);
      await tables.patch(ctx, id, { previewSerial: page.previewSerial + 1 });
      await audit.record(ctx, { action: 'cms.preview.revoked', subject: subjectOf(kind, page) });
    });
  }

  /** What a visitor of the site of `ctx` sees with a token: the draft, else what is live. */
  async open(ctx: TenantContext, token: string): Promise<OpenedPreview> {
    const preview = readPreviewToken(this.#deps.signatures, ctx, token);
    if (!preview || (preview.kind === 'store') !== (ctx.store !== null)) return { state: 'unknown' };
    const { kind, pageId, expiresAt, serial } = preview;
    if (expiresAt <= ctx.now) return { state: 'over' };
    return this.#deps.database.unit(ctx, async (ctx) => {
      const page = await this.#deps.editings.of(kind).tables.find(ctx, { id: pageId });
      if (!page || page.previewSerial !== serial) return { state: 'over' };
      return {
        state: 'shown',
        page: await this.#shown(ctx, kind, page),
        isDraft: page.draftVersion !== null,
        expiresAt,
      };
    });
  }

  async #shown(ctx: InTransaction, kind: JournalKind, page: PageRow): Promise<PublicPage> {
    const version = editedVersion(page);
    const detail = pageDetail(
      ctx,
      page,
      version,
      await this.#deps.editings.of(kind).versions.of(ctx, page, version),
    );
    const { slug, template, language, languages, title, description, body, seo } = detail;
    const publishedAt = page.publishedAt ?? ctx.now;
    return { slug, source: kind, template, language, languages, title, description, body, seo, publishedAt };
  }
}

const subjectOf = (kind: JournalKind, { id, slug }: PageRow) => ({
  type: `cms.${kind}_page`,
  id,
  name: slug,
});
