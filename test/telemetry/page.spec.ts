import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ATTEMPT_ATTRIBUTES, CALL_ATTRIBUTES, LABELS } from '../../src/telemetry/attributes.ts';
import { INSTRUMENTS } from '../../src/telemetry/instruments.ts';
import { ATTEMPT_EVENT } from '../../src/telemetry/spans.ts';

const PAGE = readFileSync('docs/opentelemetry.md', 'utf8');

/** Rows of the table whose first column has this title, as cells. */
function rowsUnder(title: string): string[][] {
  const [, rest = ''] = PAGE.split(new RegExp(`^\\| ${title} .*\\n\\|[-| ]+\\|\\n`, 'm'));
  const lines = /^(?:\|.*\n)+/.exec(rest)?.[0].trim().split('\n') ?? [];
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function namesIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('the page', () => {
  it.each([
    ['attribute of the span', CALL_ATTRIBUTES],
    ['attribute of the event', ATTEMPT_ATTRIBUTES],
  ])('has every %s, in the order of the source', (title, table) => {
    expect(rowsUnder(title).flatMap(([name]) => namesIn(name))).toEqual(Object.keys(table));
  });

  it('has every instrument with its unit and its labels', () => {
    const documented = rowsUnder('instrument').map(([name, , unit, labels]) => [
      ...namesIn(name),
      ...namesIn(unit),
      namesIn(labels),
    ]);
    const keys = ['duration', 'calls', 'attempts', 'circuits'] as const;
    expect(documented).toEqual(
      keys.map((key) => [INSTRUMENTS[key].name, INSTRUMENTS[key].unit, Object.keys(LABELS[key])]),
    );
    expect(Object.keys(INSTRUMENTS)).toEqual(keys);
  });

  it('names the event', () => {
    expect(PAGE).toContain(`\`${ATTEMPT_EVENT}\`, at the time of its end`);
  });

  it('says of no label that it could be anything', () => {
    const open = ['exco.request_id', 'exco.retry_after_ms', 'exco.code', 'http.response.status_code'];
    const labels = Object.values(LABELS).flatMap((table) => Object.keys(table));
    expect(labels.filter((label) => open.includes(label))).toEqual([]);
  });
});
