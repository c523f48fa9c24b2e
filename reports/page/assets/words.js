// What the page itself says, in both languages; boards bring the words of their numbers.
'use strict';
window.Reports = {};

(function (R) {
  const WORDS = {
    en: {
      all_platforms: 'All platforms', all_shops: 'All shops', platform: 'Platform', shop: 'Shop',
      period: 'Period', currency: 'Currency', from: 'From', to: 'To', reset: 'Reset',
      period_all: 'All days shown', period_month: 'This month', period_30: 'Last 30 days',
      period_90: 'Last 90 days', period_365: 'Last 365 days', period_custom: 'From … to',
      not_moved: 'Not moved by: {0}', and: ', ',
      no_rows: 'No data: {0} gives no row for this.',
      no_figures: 'Unknown: {0} has rows, but none that tells this.',
      no_match: 'No data for this choice of filters.',
      search: 'Search', rows: '{0} of {1} rows', show_all: 'Show all {0} rows',
      show_fewer: 'Show fewer', before: 'before: {0}', nothing_before: 'nothing before to compare',
      unknown: 'unknown', unknown_here: 'Unknown here, so without a bar: {0}.',
      reached: '{0} of {1}', expected_now: 'expected by now {0}', at_end: 'at this pace {0} at the end',
      chart_of: '{0}: chart; the button “Table” shows its numbers',
    },
    zh: {
      all_platforms: '全部平台', all_shops: '全部店铺', platform: '平台', shop: '店铺',
      period: '时间', currency: '币种', from: '从', to: '到', reset: '重置',
      period_all: '全部日期', period_month: '本月', period_30: '近 30 天',
      period_90: '近 90 天', period_365: '近 365 天', period_custom: '自定义',
      not_moved: '不受筛选影响：{0}', and: '、',
      no_rows: '无数据：{0} 没有相应的行。',
      no_figures: '未知：{0} 有数据，但无法得出该指标。',
      no_match: '当前筛选下无数据。',
      search: '搜索', rows: '{0} / {1} 行', show_all: '显示全部 {0} 行',
      show_fewer: '收起', before: '对比期：{0}', nothing_before: '无对比期数据',
      unknown: '未知', unknown_here: '此处未知，因此没有柱：{0}。',
      reached: '{0} / {1}', expected_now: '当前应达 {0}', at_end: '按此进度期末 {0}',
      chart_of: '{0}：图表，“表格”按钮显示数字',
    },
  };
  const UNITS = {
    en: {
      money: 'money', price: 'money', count: 'count', number: 'number', rate: '%', score: 'score',
      minutes: 'minutes', hours: 'hours', days: 'days', mixed: 'unit of the row',
    },
    zh: {
      money: '金额', price: '金额', count: '个数', number: '数值', rate: '%', score: '分',
      minutes: '分钟', hours: '小时', days: '天', mixed: '单位随行',
    },
  };

  R.language = 'en';
  // The words of a key in the page's language; {0}, {1} … are replaced by `values`.
  R.word = (key, ...values) =>
    WORDS[R.language][key].replace(/\{(\d)\}/g, (_, place) => values[place]);
  // A text {en, zh} in the page's language.
  R.say = (text) => text[R.language];
  R.unitWord = (unit) => UNITS[R.language][unit] || '';
})(window.Reports);
