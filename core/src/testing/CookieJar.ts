interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Cookies of one host, as a browser keeps them: by name and path, sent below their path. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes the `Set-Cookie` lines of an answer; what is over is forgotten. */
  take(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const named = new Map(
        attributes
          .map((attribute) => attribute.split('=', 2) as [string, string?])
          .map(([name, value]) => [name.toLowerCase(), value]),
      );
      const path = named.get('path') ?? '/';
      const name = pair.slice(0, at);
      if (named.get('max-age') === '0') this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { value: pair, path });
    }
  }

  /** The `Cookie` header for a path; undefined where none fits. */
  header(path: string): string | undefined {
    const fit = [...this.#cookies.values()].filter(
      (cookie) =>
        cookie.path === '/' || path === cookie.path || path.startsWith(`${cookie.path.replace(/\/$/, '')}/`),
    );
    return fit.length === 0 ? undefined : fit.map(({ value }) => value).join('; ');
  }

  /** The value of a cookie by its name, on any path. */
  get(name: string): string | undefined {
    return [...this.#cookies.values()]
      .find(({ value }) => value.startsWith(`${name}=`))
      ?.value.slice(name.length + 1);
  }
}
