import type { Json } from '../../http/openapi/jsonSchema.js';

interface Call {
  readonly server: string;
  readonly path: string;
  readonly method: string;
  readonly parameters: readonly Json[];
  readonly needsToken: boolean;
  readonly contentType: string | undefined;
  readonly example: unknown;
}

/** A line for a shell that makes the call with the example's values. */
export function curlOf({ server, path, method, parameters, needsToken, contentType, example }: Call): string {
  const exampleOf = (parameter: Json): string =>
    String(parameter['example'] ?? `{${String(parameter['name'])}}`);
  const filled = parameters
    .filter((parameter) => parameter['in'] === 'path')
    .reduce(
      (text, parameter) =>
        text.replace(
          `{${String(parameter['name'])}}`,
          encodeURIComponent(exampleOf(parameter)).replace(/%7B|%7D/g, (brace) =>
            brace === '%7B' ? '{' : '}',
          ),
        ),
      path,
    );
  const query = new URLSearchParams(
    parameters
      .filter((parameter) => parameter['in'] === 'query' && parameter['example'] !== undefined)
      .map((parameter): [string, string] => [String(parameter['name']), String(parameter['example'])]),
  ).toString();
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${quoted(`${server}${filled}${query === '' ? '' : `?${query}`}`)}`,
    ...(needsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(contentType === 'multipart/form-data' ? ["-F 'file=@picture.jpg'"] : []),
    ...(contentType === 'application/json'
      ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(example ?? {}))}`]
      : []),
  ].join(' \\\n  ');
}

/** As one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
