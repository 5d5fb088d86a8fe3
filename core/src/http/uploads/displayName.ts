/**
 * A file's name as people see it: without folders, control characters and what turns text around; at most 120 characters.
 *
 * Never used as a path.
 */
export function displayName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  return [...clean].slice(0, 120).join('') || 'file';
}
