import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { IconNotFound } from './errors.js';

type SafeString = InstanceType<typeof Handlebars.SafeString>;

/** The bundled icons (Tabler, outline), inlined into pages as SVG that takes the text's colour and size. */
export class IconSet {
  readonly #names: ReadonlySet<string>;
  readonly #icons = new Map<string, SafeString>();

  constructor(private readonly folder: URL) {
    this.#names = new Set(
      readdirSync(folder)
        .filter((file) => file.endsWith('.svg'))
        .map((file) => file.slice(0, -4)),
    );
  }

  /** Whether there is such an icon; content that names icons is checked against it. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** All names, in alphabetical order. */
  get names(): readonly string[] {
    return [...this.#names].sort();
  }

  /**
   * The icon as decoration: hidden from screen readers, the text beside it says what it means.
   *
   * @throws {IconNotFound} when the set has no such icon
   */
  svg(name: string): SafeString {
    let icon = this.#icons.get(name);
    if (!icon) {
      if (!this.#names.has(name)) throw new IconNotFound({ icon: name });
      // The namespace is what the file needs to be an image of its own; inside HTML it is only weight.
      const svg = readFileSync(new URL(`${name}.svg`, this.folder), 'utf8')
        .trim()
        .replace(' xmlns="http://www.w3.org/2000/svg"', '');
      icon = new Handlebars.SafeString(svg);
      this.#icons.set(name, icon);
    }
    return icon;
  }
}
