// Platform, shop, period and currency. The choice stands in the address, so that it follows from page
// to page.
'use strict';

(function (R) {
  const KEYS = ['platform', 'shop', 'from', 'to', 'currency', 'preset'];
  const DAY = 86400000;

  R.state = Object.fromEntries(KEYS.map((key) => [key, '']));

  const queries = () => Object.values(R.data.queries);
  const offers = (filter) =>
    queries().some((query) => query.filters[filter] || (filter === 'platform' && query.filters.shop));

  // The page's filters that this query has no column for, as words.
  R.unmoved = function (query) {
    return ['platform', 'shop', 'period'].filter(
      (filter) =>
        offers(filter) &&
        !query.filters[filter] &&
        !(filter === 'platform' && query.filters.shop),
    );
  };

  // Currencies of the queries whose amounts must not be added over currencies, most rows first: those
  // of the chosen shops.
  function currencies() {
    const counts = new Map();
    const { platform, shop } = R.state;
    for (const query of queries()) {
      const codes = query.columns[query.filters.currency] || [];
      for (const row of codes.length ? R.filteredRows(query, { platform, shop }) : []) {
        counts.set(codes[row], (counts.get(codes[row]) || 0) + 1);
      }
    }
    return [...counts].sort((one, other) => other[1] - one[1]).map(([code]) => code);
  }

  R.readState = function () {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const key of KEYS) {
      R.state[key] = given.get(key) || '';
    }
    // What another page offers and this one does not must not hide rows here.
    if (!R.data.platformName.has(R.state.platform)) R.state.platform = '';
    if (!R.data.shopName.has(R.state.shop)) R.state.shop = '';
    settleCurrency();
  };

  function settleCurrency() {
    const known = currencies();
    if (!known.includes(R.state.currency)) {
      R.state.currency = known.includes(R.data.currency) ? R.data.currency : known[0] || '';
    }
  }

  function writeState() {
    const given = new URLSearchParams(KEYS.map((key) => [key, R.state[key]]).filter(([, value]) => value));
    const hash = `#${given}`;
    history.replaceState(null, '', hash);
    for (const link of document.querySelectorAll('nav a')) {
      link.href = link.getAttribute('href').split('#')[0] + hash;
    }
  }

  function presetDays(preset) {
    const last = R.data.asOf;
    if (!last || !preset) {
      return ['', ''];
    }
    if (preset === 'month') {
      return [last.slice(0, 7) + '-01', last];
    }
    const from = new Date(Date.parse(last) - (Number(preset) - 1) * DAY);
    return [from.toISOString().slice(0, 10), last];
  }

  function select(key, options, changed) {
    const control = R.element('select', {
      name: key,
      onchange: (event) => changed(event.target.value),
    });
    for (const [value, text] of options) {
      const option = R.element('option', { value }, text);
      option.selected = R.state[key] === value;
      control.append(option);
    }
    return R.element('label', {}, R.element('span', {}, R.word(key === 'preset' ? 'period' : key)), control);
  }

  // Draw the controls; `changed` is called after each change.
  R.drawFilters = function (changed) {
    const form = document.getElementById('filters');
    const had = document.activeElement && document.activeElement.name;
    const take = (change) => {
      Object.assign(R.state, change);
      settleCurrency();
      R.drawFilters(changed);
      changed();
    };
    const parts = [];
    if (offers('platform')) {
      const options = R.data.platforms.map((one) => [one.code, R.say(one)]);
      parts.push(
        select('platform', [['', R.word('all_platforms')], ...options], (platform) =>
          take({ platform, shop: '' }),
        ),
      );
    }
    if (offers('shop')) {
      const options = R.data.shops
        .filter((shop) => !R.state.platform || shop.platform === R.state.platform)
        .map((shop) => [shop.key, shop.name]);
      parts.push(select('shop', [['', R.word('all_shops')], ...options], (shop) => take({ shop })));
    }
    if (offers('period')) {
      const presets = [
        ['', R.word('period_all')],
        ['month', R.word('period_month')],
        ...['30', '90', '365'].map((days) => [days, R.word(`period_${days}`)]),
        ['custom', R.word('period_custom')],
      ];
      parts.push(
        select('preset', presets, (preset) => {
          const { from: first, to: last } = R.state;
          const [from, to] = preset === 'custom' ? [first, last] : presetDays(preset);
          take({ preset, from, to });
        }),
      );
      if (R.state.preset) {
        parts.push(...['from', 'to'].map((key) => dayBox(key, take)));
      }
    }
    if (currencies().length > 1) {
      const options = currencies().map((code) => [code, code]);
      parts.push(select('currency', options, (currency) => take({ currency })));
    }
    if (['platform', 'shop', 'from', 'to'].some((key) => R.state[key])) {
      const none = { platform: '', shop: '', from: '', to: '', preset: '' };
      parts.push(R.element('button', { type: 'button', onclick: () => take(none) }, R.word('reset')));
    }
    form.replaceChildren(...parts);
    form.hidden = !parts.length;
    form.onsubmit = (event) => event.preventDefault();
    if (had && form.elements[had]) {
      form.elements[had].focus();
    }
    writeState();
  };

  function dayBox(key, take) {
    const box = R.element('input', {
      type: 'date',
      name: key,
      value: R.state[key],
      max: R.data.asOf,
      onchange: (event) => take({ [key]: event.target.value, preset: 'custom' }),
    });
    return R.element('label', {}, R.element('span', {}, R.word(key)), box);
  }
})(window.Reports);
