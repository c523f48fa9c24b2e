// Lines and bars, and what all charts share: colours, axes, tooltips. Other shapes are in shapes.js.
'use strict';

(function (R) {
  // Okabe and Ito's colours, which people who see few colours can tell apart; on dark, the light ones
  // first.
  const COLOURS = {
    light: ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#555555', '#b8a500'],
    dark: ['#56b4e9', '#e69f00', '#2fc79a', '#ff8a4c', '#f0e442', '#e39cc4', '#bbbbbb', '#3d9be0'],
  };
  const NARROW = 520;
  // A name in a legend is cut here.
  const LONGEST = 40;

  R.style = function () {
    const css = getComputedStyle(document.documentElement);
    const theme = R.theme();
    return {
      text: css.getPropertyValue('--text').trim(),
      faint: css.getPropertyValue('--faint').trim(),
      line: css.getPropertyValue('--line').trim(),
      card: css.getPropertyValue('--card').trim(),
      low: css.getPropertyValue('--heat-low').trim(),
      high: css.getPropertyValue('--heat-high').trim(),
      onHigh: css.getPropertyValue('--heat-text').trim(),
      colours: COLOURS[theme],
      // Drawn text takes no `inherit`.
      font: getComputedStyle(document.body).fontFamily,
    };
  };

  // What every chart begins with.
  R.baseOption = function (style) {
    return {
      animation: false,
      color: style.colours,
      textStyle: { fontFamily: style.font, color: style.text },
      grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
      tooltip: {
        backgroundColor: style.card,
        borderColor: style.line,
        textStyle: { color: style.text, fontFamily: style.font, fontSize: 13 },
        confine: true,
      },
    };
  };

  R.categoryAxis = (names, style, more = {}) => ({
    type: 'category',
    data: names,
    axisLine: { lineStyle: { color: style.line } },
    axisTick: { show: false },
    ...more,
    axisLabel: { color: style.faint, hideOverlap: true, ...more.axisLabel },
  });

  R.valueAxis = (unit, currency, style, more = {}) => ({
    type: 'value',
    axisLabel: {
      color: style.faint,
      hideOverlap: true,
      formatter: (value) => R.formatAxis(value, unit, currency),
    },
    splitLine: { lineStyle: { color: style.line } },
    ...more,
  });

  // A legend with all its names, in as many lines as they need: what must be paged through is not
  // seen, and not printed. {legend, height} in pixels.
  R.legend = function (style, names, width) {
    const [mark, gap, line] = [12 + 5, 12, 24];
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `12px ${style.font}`;
    let [lines, used] = [1, 0];
    for (const name of names) {
      const wide = pen.measureText(name.slice(0, LONGEST)).width + mark + gap;
      if (used && used + wide > width - gap) {
        [lines, used] = [lines + 1, 0];
      }
      used += wide;
    }
    return {
      height: lines * line,
      legend: {
        type: 'plain',
        top: 0,
        left: 0,
        right: 0,
        padding: [4, 0],
        align: 'left',
        data: names,
        icon: 'roundRect',
        itemWidth: 12,
        itemHeight: 8,
        itemGap: 12,
        textStyle: { color: style.text, fontFamily: style.font, fontSize: 12 },
        formatter: (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name),
      },
    };
  };

  // Series of a chart: its measures, or the values of its second dimension, and the categories.
  function seriesOf({ chart, query, rows, state }) {
    const [by, split] = chart.by;
    const currency = R.currencyOf(query, state);
    const found = R.group(query, rows, chart.by, chart.measures);
    const named = (group, place) =>
      R.nameOf(query, chart.by[place], group.keys[place], group.row);
    if (!split) {
      const groups = R.sorted(query, found, chart.by, chart);
      return {
        names: groups.map((group) => named(group, 0)),
        series: chart.measures.map((name) => ({
          name: R.say(query.measures[name].label),
          unit: query.measures[name].unit,
          currency,
          data: groups.map((group) => group.values[name]),
        })),
      };
    }
    const [measure] = chart.measures;
    const first = R.sorted(query, R.group(query, rows, [by], chart.measures), [by], chart);
    const second = R.sorted(query, R.group(query, rows, [split], chart.measures), [split]);
    const cells = new Map(found.map((group) => [group.keys.join('\u0001'), group.values[measure]]));
    return {
      names: first.map((group) => R.nameOf(query, by, group.keys[0], group.row)),
      series: second.map((group) => ({
        name: String(R.nameOf(query, split, group.keys[0], group.row)),
        unit: query.measures[measure].unit,
        currency,
        data: first.map((one) => cells.get([one.keys[0], group.keys[0]].join('\u0001')) ?? null),
      })),
    };
  }

  // What the categories are, if their names do not say it.
  function axisName({ chart, query }, style) {
    const dimension = query.dimensions[chart.by[0]];
    return dimension.unit === 'text'
      ? {
          name: R.say(dimension.label),
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: style.faint },
        }
      : {};
  }

  // Lines or bars. A measure of another unit than the first has its own axis on the right.
  R.axisChart = function (view) {
    const { chart, width } = view;
    const style = R.style();
    const { names, series } = seriesOf(view);
    const [{ unit, currency }] = series;
    const other = series.find((one) => one.unit !== unit);
    const many = series.length > 1;
    // Colours repeat after the last: from then on, lines are dashed and bars striped.
    const repeats = (place) => place >= style.colours.length;
    const labels = { width: width < NARROW ? 90 : 150, overflow: 'truncate' };
    const category = R.categoryAxis(
      names,
      style,
      chart.horizontal
        ? { inverse: true, axisLabel: labels }
        : { boundaryGap: chart.kind === 'bar', ...axisName(view, style) },
    );
    const values = [R.valueAxis(unit, currency, style)];
    if (other) {
      values.push(
        R.valueAxis(other.unit, currency, style, {
          splitLine: { show: false },
          position: chart.horizontal ? 'top' : 'right',
        }),
      );
    }
    const option = R.baseOption(style);
    option.tooltip = { ...option.tooltip, trigger: 'axis', axisPointer: { type: 'shadow' } };
    const { legend, height: above } = R.legend(style, series.map((one) => one.name), width);
    option.grid.top = many ? above + 12 : 16;
    option.grid.bottom = category.name ? 26 : 8;
    // Room for the half of the last label that stands beyond its axis.
    option.grid.right = chart.horizontal || chart.kind === 'line' ? 32 : 12;
    option.legend = many ? legend : undefined;
    option[chart.horizontal ? 'yAxis' : 'xAxis'] = category;
    option[chart.horizontal ? 'xAxis' : 'yAxis'] = values;
    option.series = series.map((one, place) => {
      const isOther = one.unit !== unit;
      return {
        name: one.name,
        type: chart.kind === 'line' || (isOther && !chart.horizontal) ? 'line' : 'bar',
        data: one.data,
        stack: chart.stack && !isOther ? 'all' : undefined,
        [chart.horizontal ? 'xAxisIndex' : 'yAxisIndex']: isOther ? 1 : 0,
        areaStyle: chart.kind === 'line' && chart.stack ? { opacity: 0.6 } : undefined,
        symbol: one.data.length > 40 ? 'none' : 'circle',
        symbolSize: 5,
        lineStyle: { width: 2, type: repeats(place) ? 'dashed' : 'solid' },
        itemStyle: repeats(place) ? { decal: { symbol: 'rect' } } : {},
        barMaxWidth: 34,
        tooltip: {
          valueFormatter: (value) => R.format(value, one.unit, { currency: one.currency }),
        },
      };
    });
    const body = chart.horizontal
      ? Math.max(160, names.length * (chart.stack ? 1 : series.length) * 24 + 30)
      : 260;
    const height = body + (many ? above + 16 : 40);
    return { option, height };
  };
})(window.Reports);
