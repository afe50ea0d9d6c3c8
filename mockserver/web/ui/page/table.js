// A table with a search, an order and pages: what the admin center lists things in.

import { html, signal, view } from "./view.js";
import { amount } from "./words.js";
import { Icon } from "./icons.js";

const PAGE = 50;

/**
 * What a table is set to: `columns` are `{ name, text(row), cell?(row) }`; the text is searched and ordered by.
 * `group(row)`, where given, puts rows together under a heading.
 */
export const listing = (columns, order = 0) => ({
  columns,
  sought: signal(""),
  order: signal({ column: order, down: false }),
  page: signal(0),
});

export const Listing = view(({ of, rows, label, empty, search }) => {
  const found = narrowed(of, rows);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(of.page.value, pages - 1);
  const go = (to) => (of.page.value = to);
  return html`
    <div class="listing-head">
      <label class="search"><${Icon} name="search" /><input type="search" placeholder=${search} aria-label=${search} value=${of.sought.value}
        onInput=${(event) => ((of.sought.value = event.target.value), go(0))} /></label>
      <p class="muted" role="status">${amount(found.length)} of ${amount(rows.length)}</p>
    </div>
    <div class="scrolled" tabindex="0" role="region" aria-label=${label}>
      <table aria-label=${label}>
        <thead><tr>${of.columns.map((column, at) => html`<${Heading} of=${of} column=${column} at=${at} />`)}</tr></thead>
        <tbody>${found.slice(page * PAGE, (page + 1) * PAGE).map((row) => html`<tr key=${row.id} class=${row.status ?? ""}>${of.columns.map((column, at) => cell(column, row, at))}</tr>`)}</tbody>
      </table>
      ${!found.length && html`<p class="empty">${rows.length ? "Nothing fits the search." : empty}</p>`}
    </div>
    ${pages > 1 && html`<nav class="pages" aria-label="Pages">
      <button disabled=${!page} onClick=${() => go(page - 1)}>Previous</button>
      <span>Page ${page + 1} of ${pages}</span>
      <button disabled=${page === pages - 1} onClick=${() => go(page + 1)}>Next</button>
    </nav>`}`;
});

function Heading({ of, column, at }) {
  if (!column.name) return html`<th><span class="unseen">Commands</span></th>`;
  const { column: by, down } = of.order.value;
  const order = by === at ? (down ? "descending" : "ascending") : undefined;
  return html`<th scope="col" aria-sort=${order}><button class="bare" onClick=${() => (of.order.value = { column: at, down: by === at && !down })}>${column.name}<span aria-hidden="true">${order ? (down ? " ↓" : " ↑") : ""}</span></button></th>`;
}

const cell = (column, row, at) => {
  const shown = column.cell ? column.cell(row) : column.text(row);
  return at === 0 ? html`<th scope="row">${shown}</th>` : html`<td data-name=${column.name}>${shown}</td>`;
};

function narrowed({ columns, sought, order }, rows) {
  const text = sought.value.trim().toLowerCase();
  const found = text ? rows.filter((row) => columns.some((column) => column.text?.(row)?.toLowerCase().includes(text))) : [...rows];
  const { column, down } = order.value;
  const by = new Map(found.map((row) => [row, columns[column].text(row) ?? ""]));
  found.sort((a, b) => by.get(a).localeCompare(by.get(b), "en", { numeric: true }) * (down ? -1 : 1));
  return found;
}
