/**
 * Asks once for each context: parts of one page that need the same share the answer, and it is gone with the request.
 *
 * For reading what does not change while the page is made. A question that failed is not asked again either.
 */
export function oncePerContext<Context extends object, Answer>(
  ask: (ctx: Context) => Promise<Answer>,
): (ctx: Context) => Promise<Answer> {
  const asked = new WeakMap<Context, Promise<Answer>>();
  return (ctx) => {
    let answer = asked.get(ctx);
    if (!answer) asked.set(ctx, (answer = ask(ctx)));
    return answer;
  };
}
