// Goals as bars: how much is reached, a mark where it should be by now, and the state in words.
'use strict';

(function (R) {
  const percent = (share) => `${Math.min(Math.max(share, 0), 1) * 100}%`;

  // A list of the rows that a chart of `progress` shows; its measures: reached, goal, expected, at
  // the end. Its last dimension is the state, the others say what the goal is for.
  R.progress = function ({ chart, query, rows }) {
    const [reached, goal, expected, end] = chart.measures;
    const groups = R.sorted(query, R.group(query, rows, chart.by, chart.measures), chart.by, {
      kind: 'table',
    });
    return R.element('ul', { class: 'goals' }, ...groups.map(line));

    function line({ keys, row, values }) {
      const said = chart.by.map((name, place) => R.nameOf(query, name, keys[place], row));
      const state = said.pop();
      const show = (name) => R.format(values[name], R.unitOf(query, name, row), { compact: true });
      const known = (name) => values[name] !== null;
      const texts = [
        known(goal) ? R.word('reached', show(reached), show(goal)) : show(reached),
        known(goal) && values[expected] < values[goal] && known(expected) ? R.word('expected_now', show(expected)) : null,
        known(end) && values[end] !== values[reached] ? R.word('at_end', show(end)) : null,
      ];
      return R.element(
        'li',
        {},
        R.element(
          'p',
          { class: 'goal' },
          R.element('strong', {}, said.join(' · ')),
          R.element('span', { class: `state ${keys[keys.length - 1]}` }, state),
        ),
        ...(known(goal) && known(reached) ? [bar(values)] : []),
        R.element('small', {}, texts.filter(Boolean).join(R.word('and'))),
      );
    }

    function bar(values) {
      const whole = values[goal];
      const mark =
        values[expected] === null || values[expected] >= whole
          ? []
          : [R.element('i', { style: `left: ${percent(values[expected] / whole)}` })];
      return R.element(
        'div',
        { class: 'track', 'aria-hidden': 'true' },
        R.element('b', { style: `width: ${percent(values[reached] / whole)}` }),
        ...mark,
      );
    }
  };
})(window.Reports);
