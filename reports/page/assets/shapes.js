// Charts that are no lines or bars: heat maps, flows, funnels, waterfalls.
'use strict';

(function (R) {
  const NARROW = 640;

  // A cell for each pair of two dimensions: the first across, the second down.
  R.heatmap = function ({ chart, query, rows, state, width }) {
    const style = R.style();
    const [across, down] = chart.by;
    const [name] = chart.measures;
    const { unit } = query.measures[name];
    const currency = R.currencyOf(query, state);
    const groups = R.group(query, rows, chart.by, [name]);
    const axis = (column) =>
      R.sorted(query, R.group(query, rows, [column], []), [column]).map((group) => ({
        key: group.keys[0],
        name: String(R.nameOf(query, column, group.keys[0], group.row)),
      }));
    const [columns, lines] = [axis(across), axis(down)];
    const place = (list) => new Map(list.map((one, number) => [one.key, number]));
    const [columnOf, lineOf] = [place(columns), place(lines)];
    const cells = groups
      .filter((group) => group.values[name] !== null)
      .map((group) => [columnOf.get(group.keys[0]), lineOf.get(group.keys[1]), group.values[name]]);
    const values = cells.map((cell) => cell[2]);
    const option = R.baseOption(style);
    const shown = width >= NARROW && width / columns.length > 44;
    option.grid = { left: 8, right: 12, top: 30, bottom: 34, containLabel: true };
    option.xAxis = R.categoryAxis(columns.map((one) => one.name), style, { position: 'top' });
    option.yAxis = R.categoryAxis(lines.map((one) => one.name), style, {
      inverse: true,
      axisLabel: { width: width < NARROW ? 90 : 150, overflow: 'truncate' },
    });
    option.visualMap = {
      min: Math.min(...values, 0),
      max: Math.max(...values, 0),
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 120,
      itemWidth: 12,
      text: [R.format(Math.max(...values), unit, { compact: true, currency }), '0'],
      textStyle: { color: style.faint },
      inRange: { color: [style.low, style.high] },
    };
    option.tooltip.formatter = ({ value }) => {
      const text = `${columns[value[0]].name} · ${lines[value[1]].name}: `;
      return R.escape(text + R.format(value[2], unit, { currency }));
    };
    const middle = (Math.max(...values, 0) + Math.min(...values, 0)) / 2;
    option.series = [
      {
        type: 'heatmap',
        data: cells.map((value) => ({
          value,
          label: { color: value[2] > middle ? style.onHigh : style.text },
        })),
        label: {
          show: shown,
          fontSize: 11,
          formatter: ({ value }) => R.format(value[2], unit, { compact: true, currency }),
        },
        itemStyle: { borderColor: style.card, borderWidth: 1 },
      },
    ];
    return { option, height: lines.length * 26 + 90 };
  };

  // Moves from the values of the first dimension to those of the second.
  R.flow = function ({ chart, query, rows, width }) {
    const style = R.style();
    const [from, to] = chart.by;
    const [name] = chart.measures;
    const { unit } = query.measures[name];
    const groups = R.group(query, rows, chart.by, [name]).filter((group) => group.values[name] > 0);
    const [starts, ends] = [from, to].map((column) =>
      R.sorted(query, R.group(query, rows, [column], []), [column]),
    );
    const totals = (place) => {
      const sums = new Map();
      for (const group of groups) {
        const key = group.keys[place];
        sums.set(key, (sums.get(key) || 0) + group.values[name]);
      }
      return sums;
    };
    const names = [...new Set([...starts, ...ends].map((group) => group.keys[0]))];
    const nodes = [starts, ends].flatMap((list, place) => {
      const sums = totals(place);
      return list
        .filter((group) => sums.has(group.keys[0]))
        .map((group) => ({
          name: `${place}${group.keys[0]}`,
          depth: place,
          itemStyle: { color: style.colours[names.indexOf(group.keys[0]) % style.colours.length] },
          said: R.nameOf(query, chart.by[place], group.keys[0], group.row),
          total: sums.get(group.keys[0]),
        }));
    });
    const said = new Map(nodes.map((node) => [node.name, node.said]));
    const option = R.baseOption(style);
    option.tooltip.formatter = ({ dataType, data }) =>
      R.escape(
        dataType === 'edge'
          ? `${said.get(data.source)} → ${said.get(data.target)}: ${R.format(data.value, unit)}`
          : `${data.said}: ${R.format(data.total, unit)}`,
      );
    option.series = [
      {
        type: 'sankey',
        left: 8,
        right: width < NARROW ? 112 : 150,
        top: 8,
        bottom: 8,
        nodeGap: 12,
        nodeWidth: 14,
        draggable: false,
        layoutIterations: 0,
        emphasis: { focus: 'adjacency' },
        data: nodes,
        links: groups.map((group) => ({
          source: `0${group.keys[0]}`,
          target: `1${group.keys[1]}`,
          value: group.values[name],
        })),
        lineStyle: { color: 'source', opacity: 0.35 },
        label: {
          color: style.text,
          fontFamily: style.font,
          formatter: ({ data }) => `${data.said} ${R.format(data.total, unit, { compact: true })}`,
        },
      },
    ];
    return { option, height: 360 };
  };

  // Steps that get smaller, as bars with their share of the first.
  R.funnel = function ({ chart, query, rows }) {
    const style = R.style();
    const [name] = chart.measures;
    const { unit } = query.measures[name];
    const groups = R.sorted(query, R.group(query, rows, chart.by, [name]), chart.by);
    const first = groups[0].values[name];
    const option = R.baseOption(style);
    option.grid.right = 130;
    option.xAxis = { type: 'value', show: false };
    option.yAxis = R.categoryAxis(
      groups.map((group) => R.nameOf(query, chart.by[0], group.keys[0], group.row)),
      style,
      { inverse: true, axisLine: { show: false } },
    );
    option.series = [
      {
        type: 'bar',
        barMaxWidth: 34,
        data: groups.map((group) => group.values[name]),
        tooltip: { valueFormatter: (value) => R.format(value, unit) },
        label: {
          show: true,
          position: 'right',
          color: style.text,
          formatter: ({ value }) =>
            `${R.format(value, unit, { compact: true })}  ${R.format(first ? value / first : null, 'rate')}`,
        },
      },
    ];
    return { option, height: groups.length * 44 + 40 };
  };

  // From the first total down to the last: measures named in `totals` stand on the ground, those in
  // `added` come on top, all others are taken off.
  R.waterfall = function ({ chart, query, rows, state, width }) {
    const style = R.style();
    const currency = R.currencyOf(query, state);
    const { unit } = query.measures[chart.measures[0]];
    let level = 0;
    let bars = chart.measures.map((name) => {
      const value = R.measure(query, rows, name);
      const isTotal = chart.totals.includes(name);
      const start = isTotal ? 0 : level;
      const change = value === null || chart.added.includes(name) ? value : -value;
      level = isTotal ? value || 0 : level + (change || 0);
      return {
        label: R.say(query.measures[name].label),
        value: isTotal ? value : change,
        start,
        end: level,
        isTotal,
      };
    });
    // A step that nobody knows has no bar: it is named below the chart.
    const unknown = bars.filter((bar) => bar.value === null).map((bar) => bar.label);
    bars = bars.filter((bar) => bar.value !== null);
    const isUpright = width >= NARROW;
    const option = R.baseOption(style);
    const category = R.categoryAxis(bars.map((bar) => bar.label), style, {
      inverse: !isUpright,
      axisLabel: { interval: 0, width: isUpright ? (width - 90) / bars.length - 4 : 96, overflow: 'break' },
    });
    const amounts = R.valueAxis(unit, currency, style);
    // Room for the labels at the ends of lying bars.
    option.grid.right = isUpright ? 12 : 64;
    [option.xAxis, option.yAxis] = isUpright ? [category, amounts] : [amounts, category];
    option.tooltip.formatter = ({ dataIndex }) =>
      R.escape(`${bars[dataIndex].label}: ${R.format(bars[dataIndex].value, unit, { currency })}`);
    option.series = [
      {
        type: 'custom',
        encode: isUpright ? { x: 0, y: [1, 2] } : { y: 0, x: [1, 2] },
        data: bars.map((bar, number) => [number, bar.start, bar.end]),
        renderItem: (_, api) => drawBar(api, bars, isUpright, style, unit, currency),
      },
    ];
    return { option, unknown, height: isUpright ? 340 : bars.length * 34 + 60 };
  };

  function drawBar(api, bars, isUpright, style, unit, currency) {
    const number = api.value(0);
    const bar = bars[number];
    const at = (value) => api.coord(isUpright ? [number, value] : [value, number]);
    const thick = api.size(isUpright ? [1, 0] : [0, 1])[isUpright ? 0 : 1] * 0.62;
    const [one, other] = [at(bar.start), at(bar.end)];
    const span = (axis) => Math.max(1, Math.abs(one[axis] - other[axis]));
    const shape = isUpright
      ? { x: one[0] - thick / 2, width: thick, y: Math.min(one[1], other[1]), height: span(1) }
      : { y: one[1] - thick / 2, height: thick, x: Math.min(one[0], other[0]), width: span(0) };
    const fill = bar.isTotal ? style.colours[0] : bar.end <= bar.start ? style.colours[3] : style.colours[2];
    const label = R.format(bar.value, unit, { compact: true, currency });
    const text = isUpright
      ? { x: one[0], y: shape.y - 4, align: 'center', verticalAlign: 'bottom' }
      : { x: shape.x + shape.width + 4, y: one[1], align: 'left', verticalAlign: 'middle' };
    return {
      type: 'group',
      children: [
        { type: 'rect', shape, style: { fill } },
        { type: 'text', style: { ...text, text: label, fill: style.text, font: `11px ${style.font}` } },
      ],
    };
  }
})(window.Reports);
