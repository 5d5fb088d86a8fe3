import Handlebars from 'handlebars';

/** What a template may refer to. */
export interface Referable {
  hasPartial(name: string): boolean;
  hasIcon(name: string): boolean;
  hasAsset(code: string, file: string): boolean;
  /** Always true where texts are not checked. */
  hasText(key: string): boolean;
}

/** Markup that the site's content security policy would block. */
const BLOCKED = [
  [/<script(?![^>]*\ssrc=)/i, 'an inline script'],
  [/<style/i, 'an inline style sheet'],
  [/\sstyle=/i, 'a style attribute'],
  [/\son[a-z]+=/i, 'an event handler attribute'],
  [/javascript:/i, 'a javascript: address'],
] as const;

/** Walks a parsed template and notes what it names that does not exist, and markup that browsers would refuse. */
export class TemplateCheck extends Handlebars.Visitor {
  readonly problems: { readonly line: number; readonly reason: string }[] = [];

  constructor(private readonly referable: Referable) {
    super();
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    for (const [pattern, what] of BLOCKED)
      if (pattern.test(content.original as unknown as string)) this.#note(content, `holds ${what}`);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name =
      partial.name.type === 'PathExpression' ? (partial.name as hbs.AST.PathExpression).original : undefined;
    // What a partial was called with as a block; it asks `{{#if @partial-block}}` before.
    if (name !== undefined && name !== '@partial-block' && !this.referable.hasPartial(name))
      this.#note(partial, `the partial '${name}' does not exist`);
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.PartialStatement(partial as unknown as hbs.AST.PartialStatement);
    this.accept(partial.program);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.#call(mustache);
    super.MustacheStatement(mustache);
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    this.#call(call);
    super.SubExpression(call);
  }

  #call({ path, params, loc }: Pick<hbs.AST.MustacheStatement, 'path' | 'params' | 'loc'>): void {
    const [first, second] = params.map((param) =>
      param.type === 'StringLiteral' ? (param as hbs.AST.StringLiteral).value : undefined,
    );
    if (first === undefined) return;
    const helper = (path as hbs.AST.PathExpression).original;
    if (helper === 't' && !this.referable.hasText(first))
      this.#note({ loc }, `the translation '${first}' does not exist`);
    if (helper === 'kept' && !this.referable.hasPartial(first))
      this.#note({ loc }, `the partial '${first}' does not exist`);
    if (helper === 'icon' && !this.referable.hasIcon(first))
      this.#note({ loc }, `the icon '${first}' does not exist`);
    if (helper === 'asset' && second !== undefined && !this.referable.hasAsset(first, second))
      this.#note({ loc }, `the asset '${second}' of '${first}' does not exist`);
  }

  #note({ loc }: Pick<hbs.AST.Node, 'loc'>, reason: string): void {
    this.problems.push({ line: loc.start.line, reason });
  }
}
