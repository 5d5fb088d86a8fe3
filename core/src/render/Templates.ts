import { compileTemplate } from './compileTemplate.js';
import { RenderFailed, TemplateInvalid } from './errors.js';
import type { Layout } from './PageFrame.js';
import type { Compiled } from './runCompiled.js';
import type { TemplateFile, TemplateFiles } from './TemplateFiles.js';

/** The compiled templates: each is read and compiled when it is first used, then kept. */
export class Templates {
  /** Partial name → compiled; what Handlebars looks partials up in. */
  readonly partials: Readonly<Record<string, Compiled>>;
  readonly #compiled = new Map<string, Compiled>();

  constructor(
    private readonly files: TemplateFiles,
    private readonly knownHelpers: Readonly<Record<string, boolean>>,
  ) {
    this.partials = this.#lazyPartials(files.partials());
  }

  /** @throws {TemplateNotFound} */
  page(name: string): Compiled {
    return this.#compiled.get(name) ?? this.#compile(this.files.page(name));
  }

  layout(layout: Layout): Compiled {
    return this.#compiled.get(`layouts/${layout}`) ?? this.#compile(this.files.layout(layout));
  }

  #compile(file: TemplateFile): Compiled {
    const compiled = compileTemplate(file, this.files.read(file), {
      knownHelpers: this.knownHelpers,
      ownerOf: this.files.ownerOf,
    });
    const named = naming(file, compiled);
    this.#compiled.set(file.name, named);
    return named;
  }

  #lazyPartials(files: readonly TemplateFile[]): Record<string, Compiled> {
    const partials = Object.create(null) as Record<string, Compiled>;
    for (const file of files) {
      Object.defineProperty(partials, file.name, {
        configurable: true,
        enumerable: true,
        get: () => {
          const value = this.#compiled.get(file.name) ?? this.#compile(file);
          Object.defineProperty(partials, file.name, { value, enumerable: true });
          return value;
        },
      });
    }
    return partials;
  }
}

const NOTHING = Object.freeze({});

/** Lets an error say in which template it happened: the innermost one counts. */
function naming({ name, file }: TemplateFile, compiled: Compiled): Compiled {
  return (context, options) => {
    try {
      // A partial that was given nothing.
      return compiled(context ?? NOTHING, options);
    } catch (error) {
      if (error instanceof RenderFailed || error instanceof TemplateInvalid) throw error;
      const { message, lineNumber } = error as Error & { lineNumber?: number };
      const failure = new RenderFailed({
        template: name,
        file,
        line: lineNumber ?? null,
        reason: message.replace(/ - \d+:\d+$/, ''),
      });
      failure.cause = error;
      throw failure;
    }
  };
}
