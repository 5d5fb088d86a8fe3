/** 301 and 308: for good; 302: for the time being. 308 keeps the method, which matters to programs only. */
export const REDIRECT_STATUSES = [301, 302, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** An address of a site that leads elsewhere. */
export interface RedirectRow {
  id: string;
  /** Path of the site, for example `/old-page`. */
  source: string;
  /** A path of the site or an https address; never the source of another redirect of the same owner. */
  target: string;
  status: RedirectStatus;
  /** Made when the address of a published page changed, not by hand. */
  isAutomatic: boolean;
  createdAt: Date;
  createdBy: string | null;
}
