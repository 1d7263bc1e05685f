/** How much of a text is searched: a broker's codes stand near its beginning, and the search must end soon. */
const SEARCHED = 500;

/** Codes taken from one text. */
const MOST_CODES = 8;

/** The codes that stand inside a broker's text, in the order of the patterns. Each pattern is global and has one group. */
export function codesInText(text: string, patterns: readonly RegExp[]): string[] {
  if (patterns.length === 0 || text === '') return [];
  const searched = text.slice(0, SEARCHED);
  return patterns
    .flatMap((pattern) => [...searched.matchAll(pattern)].map(([, code = '']) => code))
    .slice(0, MOST_CODES);
}
