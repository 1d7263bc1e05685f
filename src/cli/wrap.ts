import stringWidth from 'string-width';

/** Narrowest text that is broken into lines. */
const LEAST = 20;

/** `text` in lines of at most `width` columns, broken at blanks; a longer word stands alone. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > Math.max(width, LEAST)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
