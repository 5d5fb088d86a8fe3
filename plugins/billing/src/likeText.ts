/** Text for a pattern of LIKE, in which it stands for nothing but itself. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
