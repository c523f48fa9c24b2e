// The rows of the page's queries: filtered, grouped, added up. Ratios are divided after adding up, so
// that they stay right under every filter.
'use strict';

(function (R) {
  const SEPARATOR = '\u0001';

  // Read the page's data; texts, which are stored by their place in a list, become plain columns.
  R.readData = function () {
    R.data = JSON.parse(document.getElementById('data').textContent);
    R.data.platformOf = new Map(R.data.shops.map((shop) => [shop.key, shop.platform]));
    R.data.shopName = new Map(R.data.shops.map((shop) => [shop.key, shop.name]));
    R.data.platformName = new Map(R.data.platforms.map((one) => [one.code, one]));
    for (const query of Object.values(R.data.queries)) {
      query.order = {};
      for (const [name, column] of Object.entries(query.columns)) {
        if (!Array.isArray(column)) {
          query.order[name] = new Map(column.words.map((word, place) => [word, place]));
          query.columns[name] = column.places.map((place) => column.words[place]);
        }
      }
    }
  };

  // The numbers of the rows that pass the filters. A month passes when any of its days does.
  R.filteredRows = function (query, state) {
    const { platform, shop, period, currency } = query.filters;
    const column = (name) => (name ? query.columns[name] || [] : null);
    const shops = column(shop);
    const platforms = column(platform) || (shops && shops.map((key) => R.data.platformOf.get(key)));
    const days = column(period);
    const currencies = column(currency);
    const from = query.grain === 'month' && state.from ? state.from.slice(0, 7) + '-01' : state.from;
    const kept = [];
    for (let row = 0; row < query.count; row += 1) {
      if (platforms && state.platform && platforms[row] !== state.platform) continue;
      if (shops && state.shop && shops[row] !== state.shop) continue;
      if (days && from && !(days[row] >= from)) continue;
      if (days && state.to && !(days[row] <= state.to)) continue;
      if (currencies && state.currency && currencies[row] !== state.currency) continue;
      kept.push(row);
    }
    return kept;
  };

  // One group for each different value of the dimensions `by`:
  // {keys: texts, row: its first row, values: {measure: number or null}}.
  R.group = function (query, rows, by, measures) {
    const groups = new Map();
    for (const row of rows) {
      const keys = by.map((name) => query.columns[name][row]);
      const id = keys.join(SEPARATOR);
      if (!groups.has(id)) {
        groups.set(id, { keys, row, rows: [] });
      }
      groups.get(id).rows.push(row);
    }
    return [...groups.values()].map((group) => ({
      keys: group.keys,
      row: group.row,
      values: Object.fromEntries(
        measures.map((name) => [name, R.measure(query, group.rows, name, rows)]),
      ),
    }));
  };

  // The unit of a measure in a row: its own, or the one that the row names.
  R.unitOf = function (query, name, row) {
    const { unit, unit_from: column } = query.measures[name];
    return column ? query.columns[column][row] : unit;
  };

  // The value of a measure over rows, of which shares are part of `all`: null where there is nothing
  // to add up.
  R.measure = function (query, rows, name, all = rows) {
    const measure = query.measures[name];
    if (measure.value) {
      return rows.length === 1 ? query.columns[measure.value][rows[0]] : null;
    }
    const total = sum(query.columns[measure.sum || measure.share], rows);
    if (!measure.per && !measure.share) {
      return total;
    }
    const whole = measure.share
      ? sum(query.columns[measure.share], all)
      : sum(query.columns[measure.per], rows);
    return total === null || !whole ? null : total / whole;
  };

  function sum(column, rows) {
    let total = null;
    for (const row of rows) {
      if (column[row] !== null) {
        total = (total || 0) + column[row];
      }
    }
    // Adding up leaves crumbs, such as 1e-10: no amount has more than six places.
    return Math.abs(total) < 1e9 && total !== null ? Math.round(total * 1e6) / 1e6 : total;
  }

  const isTime = (dimension) => dimension.unit === 'date' || dimension.unit === 'month';

  // Groups in the order in which a chart shows them: by the measure `sort` from the largest, else a
  // table in the order of the query's rows, else time from first to last and all else in the order in
  // which the query first names it; at most `limit`.
  R.sorted = function (query, groups, by, { sort = null, limit = null, kind = null } = {}) {
    const places = by.map((name) => query.order[name] || new Map());
    const inOrder = [...groups].sort((one, other) => {
      if (sort) {
        const [left, right] = [one.values[sort], other.values[sort]];
        if (left !== right) {
          return (right === null ? -Infinity : right) - (left === null ? -Infinity : left);
        }
      }
      if (kind === 'table') {
        return one.row - other.row;
      }
      for (let number = 0; number < by.length; number += 1) {
        const [left, right] = [one.keys[number], other.keys[number]];
        if (left !== right) {
          return isTime(query.dimensions[by[number]])
            ? compare(left, right)
            : places[number].get(left) - places[number].get(right);
        }
      }
      return 0;
    });
    return limit ? inOrder.slice(0, limit) : inOrder;
  };

  // Nulls last.
  function compare(left, right) {
    if (left === null || right === null) {
      return (left === null) - (right === null);
    }
    return left < right ? -1 : Number(left > right);
  }

  // A dimension's value in words: its name in the board, its Chinese column, a shop, a platform.
  R.nameOf = function (query, column, key, row) {
    const dimension = query.dimensions[column];
    if (key === null || key === undefined) {
      return R.word('unknown');
    }
    if (dimension.values[key]) {
      return R.say(dimension.values[key]);
    }
    if (dimension.unit === 'shop') {
      return R.data.shopName.get(key) || key;
    }
    if (dimension.unit === 'platform') {
      return R.data.platformName.has(key) ? R.say(R.data.platformName.get(key)) : key;
    }
    if (dimension.unit === 'month') {
      return String(key).slice(0, 7);
    }
    const chinese = query.columns[column + '_zh'];
    return (R.language === 'zh' && chinese && chinese[row]) || key;
  };

  // The currency of a query's money: the chosen one, else that of the `_base` amounts.
  R.currencyOf = (query, state) => (query.filters.currency ? state.currency : R.data.currency);
})(window.Reports);
