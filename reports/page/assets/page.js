// Puts the page together: language, theme, filters, then each card's chart, tiles or table.
'use strict';

(function (R) {
  const DRAW = {
    line: R.axisChart, bar: R.axisChart, heatmap: R.heatmap, flow: R.flow, funnel: R.funnel,
    waterfall: R.waterfall,
  };
  const cards = [];

  // A choice that the browser keeps; it may forbid that.
  function kept(key, value) {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  R.theme = () => document.documentElement.dataset.theme;

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
  }

  function setLanguage(language) {
    R.language = language;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.language = language;
    document.title = document.querySelector('title').dataset[language];
    for (const named of document.querySelectorAll('[aria-label][data-en]')) {
      named.setAttribute('aria-label', named.dataset[language]);
      named.title = named.tagName === 'NAV' || named.tagName === 'FORM' ? '' : named.dataset[language];
    }
    for (const unit of document.querySelectorAll('[data-unit]')) {
      unit.textContent = `(${R.unitWord(unit.dataset.unit)})`;
    }
  }

  // The measures of tiles and those that they are compared with, each once.
  R.withBefore = (chart, query) => [
    ...new Set(chart.measures.flatMap((name) => [name, query.measures[name].before].filter(Boolean))),
  ];

  function tile({ query, rows, state }, name) {
    const measure = query.measures[name];
    const currency = R.currencyOf(query, state);
    const show = (value) => R.format(value, measure.unit, { compact: true, currency });
    const now = R.measure(query, rows, name);
    const parts = [
      R.element('dt', {}, R.say(measure.label)),
      R.element('dd', { class: 'value', title: R.format(now, measure.unit, { currency }) }, show(now)),
    ];
    if (measure.before) {
      const before = R.measure(query, rows, measure.before);
      const change = R.formatChange(now, before, measure.unit);
      const sign = change === null || now === before ? '' : now > before ? '▲ ' : '▼ ';
      parts.push(
        R.element(
          'dd',
          { class: 'change' },
          R.element('span', {}, change === null ? R.word('nothing_before') : sign + change),
          ' ',
          R.element('small', {}, change === null ? '' : R.word('before', show(before))),
        ),
      );
    }
    return R.element('div', { class: 'tile', title: R.say(measure.about) }, ...parts);
  }

  // Why there is nothing to draw: no row at all, rows without these figures, or none for the filters.
  function emptyReason(view) {
    const { query } = view;
    const all = Array.from({ length: query.count }, (_, row) => row);
    if (!isEmpty({ ...view, rows: all })) {
      return R.word('no_match');
    }
    const reason = R.word(query.count ? 'no_figures' : 'no_rows', query.mart);
    return query.empty ? `${reason} ${R.say(query.empty)}` : reason;
  }

  function isEmpty({ chart, query, rows }) {
    return (
      !rows.length ||
      (!['table', 'progress'].includes(chart.kind) &&
        R.group(query, rows, chart.by, chart.measures).every((group) =>
          chart.measures.every((name) => group.values[name] === null),
        ))
    );
  }

  function drawCard(card) {
    const { element, chart, query } = card;
    const body = element.querySelector('.body');
    const title = R.say(chart.title);
    const view = { chart, query, state: R.state, rows: R.filteredRows(query, R.state) };
    card.view = view;
    drawMoved(element.querySelector('.moved'), query);
    if (card.plot) {
      card.plot.dispose();
      card.plot = null;
    }
    for (const tool of element.querySelectorAll('.tools button')) {
      tool.disabled = isEmpty(view);
    }
    body.style.height = '';
    element.querySelector('.unknown')?.remove();
    if (isEmpty(view)) {
      body.replaceChildren(R.element('p', { class: 'empty' }, emptyReason(view)));
    } else if (chart.kind === 'tiles') {
      body.replaceChildren(
        R.element('dl', { class: 'tilerow' }, ...chart.measures.map((name) => tile(view, name))),
      );
    } else if (chart.kind === 'table' || card.asTable) {
      R.drawTable(body, R.tableOf(view), card.table, title);
    } else if (chart.kind === 'progress') {
      body.replaceChildren(R.progress(view));
    } else {
      body.replaceChildren();
      const { option, height, unknown = [] } = DRAW[chart.kind]({ ...view, width: body.clientWidth });
      body.style.height = `${height}px`;
      const drawn = R.element('div', { class: 'plot', role: 'img', 'aria-label': R.word('chart_of', title) });
      body.append(drawn);
      card.plot = window.echarts.init(drawn, null, { renderer: 'svg' });
      card.plot.setOption(option);
      if (unknown.length) {
        const said = R.word('unknown_here', unknown.join(R.word('and')));
        body.after(R.element('p', { class: 'note unknown' }, said));
      }
    }
  }

  function drawMoved(place, query) {
    const unmoved = R.unmoved(query);
    place.hidden = !unmoved.length;
    place.classList.toggle(
      'active',
      unmoved.some((filter) => (filter === 'period' ? R.state.from || R.state.to : R.state[filter])),
    );
    place.textContent = R.word('not_moved', unmoved.map((filter) => R.word(filter)).join(R.word('and')));
  }

  function use(card, tool) {
    const name = `${R.data.name}-${R.say(card.chart.title)}`.replace(/[\s/\\:*?"<>|]+/g, '_');
    if (tool.dataset.do === 'table') {
      card.asTable = !card.asTable;
      tool.setAttribute('aria-pressed', card.asTable);
      drawCard(card);
    } else if (tool.dataset.do === 'csv') {
      R.save(new Blob([R.csv(R.tableOf(card.view))], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
    } else {
      R.save(R.workbook(R.tableOf(card.view)), `${name}.xlsx`);
    }
  }

  const drawAll = () => cards.forEach(drawCard);

  function listen() {
    document.getElementById('language').addEventListener('click', () => {
      setLanguage(R.language === 'zh' ? 'en' : 'zh');
      kept('reports-language', R.language);
      R.drawFilters(drawAll);
      drawAll();
    });
    document.getElementById('theme').addEventListener('click', () => {
      setTheme(R.theme() === 'dark' ? 'light' : 'dark');
      kept('reports-theme', R.theme());
      drawAll();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') closeInfos(null);
    });
    document.addEventListener('click', (event) => closeInfos(event.target));
    let width = window.innerWidth;
    let waiting = 0;
    window.addEventListener('resize', () => {
      // A phone's bars come and go while it scrolls: only a new width matters.
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      clearTimeout(waiting);
      waiting = setTimeout(drawAll, 150);
    });
    let shown = null;
    window.addEventListener('beforeprint', () => {
      shown = R.theme();
      setTheme('light');
      document.documentElement.classList.add('printing');
      drawAll();
    });
    window.addEventListener('afterprint', () => {
      setTheme(shown);
      document.documentElement.classList.remove('printing');
      drawAll();
    });
  }

  function closeInfos(target) {
    for (const info of document.querySelectorAll('details.info[open]')) {
      if (!target || !info.contains(target)) info.open = false;
    }
  }

  function start() {
    R.readData();
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    setTheme(kept('reports-theme') || dark);
    const language = navigator.language.startsWith('zh') ? 'zh' : 'en';
    setLanguage(kept('reports-language') || language);
    R.readState();
    for (const element of document.querySelectorAll('.card')) {
      const chart = R.data.charts[Number(element.dataset.chart)];
      const card = {
        element,
        chart,
        query: R.data.queries[chart.query],
        asTable: false,
        table: { search: '', sort: null, isWhole: false },
      };
      for (const tool of element.querySelectorAll('.tools button')) {
        tool.addEventListener('click', () => use(card, tool));
      }
      cards.push(card);
    }
    document.querySelector('nav [aria-current]').scrollIntoView({ block: 'nearest', inline: 'center' });
    listen();
    R.drawFilters(drawAll);
    drawAll();
  }

  start();
})(window.Reports);
