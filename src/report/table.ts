import { markup, Markup, type Content } from './markup.ts';

/** A column of a table: what its head says, and whether figures stand in it. */
export interface Column {
  readonly head: Content;
  readonly isFigure?: boolean;
}

/** A row; `id` is what a link points to. */
export interface Row {
  readonly id?: string;
  readonly cells: readonly Content[];
}

function cellOf(content: Content, { isFigure = false }: Column, isFirst: boolean): Markup {
  const kind = new Markup(isFigure ? ' class="n"' : '');
  return isFirst ? markup`<th scope="row"${kind}>${content}</th>` : markup`<td${kind}>${content}</td>`;
}

/** A table whose first column names the rows; it scrolls sideways where it is too wide, by keyboard too. */
export function tableOf(label: string, columns: readonly Column[], rows: readonly Row[]): Markup {
  const heads = columns.map(
    ({ head, isFigure = false }) => markup`<th scope="col"${new Markup(isFigure ? ' class="n"' : '')}>${head}</th>`,
  );
  const body = rows.map(({ id, cells }) => {
    const inner = cells.map((cell, index) => cellOf(cell, columns[index] ?? { head: '' }, index === 0));
    return id === undefined ? markup`<tr>${inner}</tr>\n` : markup`<tr id="${id}" tabindex="-1">${inner}</tr>\n`;
  });
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}
