// Numbers as people read them: 万 and 亿 in Chinese, K and M in English; null is a dash, never zero.
'use strict';

(function (R) {
  const DASH = '–';
  const COMPACT_FROM = 10000;
  const TIME = {
    en: { minutes: ' min', hours: ' h', days: ' days' },
    zh: { minutes: ' 分钟', hours: ' 小时', days: ' 天' },
  };
  const made = new Map();

  function formatter(options) {
    const key = R.language + JSON.stringify(options);
    if (!made.has(key)) {
      made.set(key, new Intl.NumberFormat(R.language === 'zh' ? 'zh-CN' : 'en', options));
    }
    return made.get(key);
  }

  function decimals(low, high) {
    return { minimumFractionDigits: low, maximumFractionDigits: high };
  }

  // How a number of this unit is written. `compact`: 12.3K or 1.2万 where it is large.
  function options(value, unit, compact, currency) {
    const short = compact && Math.abs(value) >= COMPACT_FROM ? { notation: 'compact' } : {};
    const isShort = 'notation' in short;
    switch (unit) {
      case 'money':
      case 'price':
        return {
          ...(currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
          ...short,
          ...(isShort ? decimals(0, 2) : decimals(2, 2)),
          signDisplay: 'negative',
        };
      case 'rate':
        return { style: 'percent', ...decimals(1, 1) };
      case 'score':
        return decimals(2, 2);
      case 'count':
        return { ...short, ...decimals(0, isShort ? 2 : 0) };
      case 'number':
        return { ...short, ...decimals(isShort ? 0 : 1, 1) };
      default:
        return { ...short, ...decimals(0, 1) };
    }
  }

  // A number in the page's language; `currency` is that of its money, such as CNY.
  R.format = function (value, unit, { compact = false, currency = R.data.currency } = {}) {
    if (value === null || value === undefined || Number.isNaN(value)) {
      return DASH;
    }
    const text = formatter(options(value, unit, compact, currency)).format(value);
    return text + (TIME[R.language][unit] || '');
  };

  // A change such as +12.3 %, of a rate in points: +1.2 pp.
  R.formatChange = function (now, before, unit) {
    if (now === null || before === null || (unit !== 'rate' && !before)) {
      return null;
    }
    const change = unit === 'rate' ? (now - before) * 100 : now / before - 1;
    const signed = { signDisplay: 'exceptZero', ...decimals(1, 1) };
    if (unit === 'rate') {
      return formatter(signed).format(change) + (R.language === 'zh' ? ' 个百分点' : ' pp');
    }
    return formatter({ style: 'percent', ...signed }).format(change);
  };

  // A label on an axis: as short as possible.
  R.formatAxis = function (value, unit, currency) {
    if (unit === 'rate') {
      return formatter({ style: 'percent', ...decimals(0, 1) }).format(value);
    }
    const money = unit === 'money' || unit === 'price';
    const text = formatter({
      notation: 'compact',
      ...decimals(0, 1),
      ...(money && currency
        ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
        : {}),
    }).format(value);
    return text + (TIME[R.language][unit] || '');
  };
})(window.Reports);
