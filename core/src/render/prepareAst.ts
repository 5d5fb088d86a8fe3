import Handlebars from 'handlebars';
import type { TemplateFile } from './TemplateFiles.js';

/** Which plugin a partial belongs to, by its name. */
export type OwnerOf = (partial: string) => string;

/**
 * Checks a parsed template and takes the indentation out of its output.
 *
 * Refused: unescaped output (but for a layout's `body`), partials of other plugins, and inline partials.
 */
export function prepareAst(ast: hbs.AST.Program, template: TemplateFile, ownerOf: OwnerOf): void {
  new Preparation(template, ownerOf).accept(ast);
}

class Preparation extends Handlebars.Visitor {
  constructor(
    private readonly template: TemplateFile,
    private readonly ownerOf: OwnerOf,
  ) {
    super();
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    content.value = content.value.replace(/[ \t]*\r?\n\s*/g, '\n');
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const isBody =
      this.template.name.startsWith('layouts/') &&
      (mustache.path as hbs.AST.PathExpression).original === 'body';
    if (!mustache.escaped && !isBody)
      throw at(mustache, 'unescaped output is refused; sanitised content goes through contentHtml');
    const [first] = mustache.params;
    if ((mustache.path as hbs.AST.PathExpression).original === 'kept' && first?.type === 'StringLiteral')
      this.#checkOwner(mustache, (first as hbs.AST.StringLiteral).value);
    super.MustacheStatement(mustache);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    if (partial.name.type === 'PathExpression')
      this.#checkOwner(partial, (partial.name as hbs.AST.PathExpression).original);
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    if (partial.name.type === 'PathExpression')
      this.#checkOwner(partial, (partial.name as hbs.AST.PathExpression).original);
    super.PartialBlockStatement(partial);
  }

  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    throw at(block, 'inline partials are refused; make the partial a file of its own');
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    throw at(decorator, 'decorators are refused; use a helper');
  }

  #checkOwner(partial: hbs.AST.Node, name: string): void {
    const owner = this.ownerOf(name);
    if (owner !== 'core' && owner !== this.template.plugin) {
      throw at(
        partial,
        `the partial '${name}' belongs to the plugin '${owner}'; take part through its blocks, widgets or hooks instead`,
      );
    }
  }
}

function at(node: hbs.AST.Node, message: string): Error {
  return Object.assign(new Error(message), { lineNumber: node.loc.start.line });
}
