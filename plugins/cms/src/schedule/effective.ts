/**
 * What visitors see of a page's row at a time, whether the job that writes it down has run or not: SQL over a page `p`.
 *
 * @param now placeholder of the time of the request
 */
export const effective = (now: string) => ({
  /** Whether there is anything to see. */
  isLive: `(p.published_at <= ${now} OR p.publish_at <= ${now}) AND (p.unpublish_at IS NULL OR p.unpublish_at > ${now})`,
  /** The version that is seen. */
  version: `CASE WHEN p.publish_at <= ${now} THEN p.draft_version ELSE p.live_version END`,
  /** Since when it is seen. */
  publishedAt: `CASE WHEN p.publish_at <= ${now} THEN p.publish_at ELSE p.published_at END`,
});
