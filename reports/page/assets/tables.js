// Tables: searched, sorted, saved as CSV and Excel. Charts show their numbers in one as well.
'use strict';

(function (R) {
  const FEW = 12;

  R.escape = (text) =>
    String(text).replace(
      /[&<>"']/g,
      (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign],
    );

  R.element = function (name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith('on')) {
        made.addEventListener(key.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        made.setAttribute(key, value === true ? '' : value);
      }
    }
    made.append(...children);
    return made;
  };

  // What a chart shows, as a table: {columns: [{label, unit, isNumber, currency}], rows}.
  R.tableOf = function ({ chart, query, rows, state }) {
    const currency = R.currencyOf(query, state);
    const names = chart.kind === 'tiles' ? R.withBefore(chart, query) : chart.measures;
    const groups = R.sorted(query, R.group(query, rows, chart.by, names), chart.by, chart);
    return {
      columns: [
        ...chart.by.map((name) => ({ label: R.say(query.dimensions[name].label), unit: 'text' })),
        ...names.map((name) => ({
          label: R.say(query.measures[name].label),
          unit: query.measures[name].unit,
          isNumber: true,
          currency,
        })),
      ],
      rows: groups.map((group) => {
        const row = [
          ...group.keys.map((key, place) =>
            key === null ? null : String(R.nameOf(query, chart.by[place], key, group.row)),
          ),
          ...names.map((name) => group.values[name]),
        ];
        // Not every row has the column's unit: each keeps its own beside its values.
        row.units = [
          ...chart.by.map(() => 'text'),
          ...names.map((name) => R.unitOf(query, name, group.row)),
        ];
        return row;
      }),
    };
  };

  const shown = (row, place, column) => {
    const value = row[place];
    return column.isNumber ? R.format(value, row.units[place], column) : value === null ? '–' : value;
  };

  // Put a table into `place`; `view` is {search, sort: {column, down}, isWhole} and outlives it.
  R.drawTable = function (place, table, view, title) {
    const redraw = () => R.drawTable(place, table, view, title);
    const words = view.search.toLowerCase();
    const found = table.rows.filter(
      (row) =>
        !words ||
        row.some((_, number) =>
          String(shown(row, number, table.columns[number])).toLowerCase().includes(words),
        ),
    );
    if (view.sort) {
      found.sort((one, other) => compare(one, other, view.sort));
    }
    const few = view.isWhole ? found : found.slice(0, FEW);
    const grid = R.element(
      'table',
      { 'aria-label': title },
      R.element('thead', {}, R.element('tr', {}, ...table.columns.map(heading))),
      R.element('tbody', {}, ...few.map(line)),
    );
    const search = place.querySelector('input[type=search]') || searchBox();
    const count = R.word('rows', found.length, table.rows.length);
    const bar = R.element('div', { class: 'tablebar' }, search, R.element('span', { role: 'status' }, count));
    const more = R.element(
      'button',
      { type: 'button', class: 'more', onclick: () => { view.isWhole = !view.isWhole; redraw(); } },
      view.isWhole ? R.word('show_fewer') : R.word('show_all', found.length),
    );
    const hasFocus = document.activeElement === search;
    const isLong = table.rows.length > FEW;
    place.replaceChildren(
      ...(isLong ? [bar] : []),
      R.element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, grid),
      ...(found.length > FEW ? [more] : []),
    );
    if (hasFocus) {
      search.focus();
    }

    function searchBox() {
      return R.element('input', {
        type: 'search',
        value: view.search,
        placeholder: R.word('search'),
        'aria-label': R.word('search'),
        oninput: (event) => { view.search = event.target.value; redraw(); },
      });
    }

    function heading(column, number) {
      const isSorted = view.sort && view.sort.column === number;
      const direction = isSorted && (view.sort.down ? 'descending' : 'ascending');
      const mark = isSorted ? (view.sort.down ? ' ↓' : ' ↑') : '';
      const turn = () => {
        view.sort = { column: number, down: isSorted ? !view.sort.down : Boolean(column.isNumber) };
        redraw();
        place.querySelectorAll('th button')[number].focus();
      };
      return R.element(
        'th',
        { scope: 'col', class: column.isNumber ? 'number' : null, 'aria-sort': direction || null },
        R.element('button', { type: 'button', onclick: turn }, column.label + mark),
      );
    }

    function line(row) {
      return R.element(
        'tr',
        {},
        ...row.map((_, number) => {
          const column = table.columns[number];
          return R.element('td', { class: column.isNumber ? 'number' : null }, shown(row, number, column));
        }),
      );
    }
  };

  // Nulls last, whatever the direction.
  function compare(one, other, { column, down }) {
    const [left, right] = [one[column], other[column]];
    if (left === null || right === null) {
      return (left === null) - (right === null);
    }
    const order =
      typeof left === 'number' ? left - right : left.localeCompare(right, R.language, { numeric: true });
    return down ? -order : order;
  }

  // CSV with the mark by which Excel knows UTF-8; no text of it runs as a formula.
  R.csv = function (table) {
    const field = (value) => {
      if (value === null || value === undefined) return '';
      if (typeof value === 'number') return String(value);
      const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
      return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    const lines = [table.columns.map((column) => column.label), ...table.rows];
    return '\ufeff' + lines.map((line) => line.map(field).join(',') + '\r\n').join('');
  };

  R.save = function (blob, name) {
    const link = R.element('a', { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})(window.Reports);
