const MARKS = /\p{Mn}/gu;

const plain = (text: string): string => text.normalize('NFD').replace(MARKS, '').toLowerCase();

/** A test for texts: each word of the query is somewhere in it, whatever case and accents; an empty query fits all. */
export function fitting(query: string): (text: string) => boolean {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return (text) => {
    const whole = plain(text);
    return words.every((word) => whole.includes(word));
  };
}

/** How well a name fits, for ordering: 0 begins with the query, 1 has a word that does, 2 holds it somewhere. */
export function rank(query: string, name: string): number {
  const wanted = plain(query).trim();
  const given = plain(name);
  if (given.startsWith(wanted)) return 0;
  return given.split(/[\s\-_.]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
}
