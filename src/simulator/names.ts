import type { Fixture } from '../fixture/format.ts';

/** What a fixture is called: its file where it has one, else its note, else its broker and operation. */
export function labelOf(fixture: Fixture): string {
  if ('file' in fixture && typeof fixture.file === 'string') return fixture.file;
  return fixture.note ?? `${fixture.broker} ${fixture.operation}`;
}

/** Whether `name` is a fixture's note, or its file with or without folders and `.json`. */
export function isNamed(fixture: Fixture, name: string): boolean {
  const label = labelOf(fixture);
  const file = label.slice(label.lastIndexOf('/') + 1);
  return [fixture.note, label, file, file.replace(/\.json$/, '')].includes(name);
}
