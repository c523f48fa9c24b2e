// Language, colours, the search over all pages, the filter of the glossary.
'use strict';
window.Site = {};

(function (S) {
  const script = document.currentScript;
  const root = script.dataset.root;
  const MOST = 40;
  const KINDS = {
    theme: { en: 'theme', zh: '主题' }, mart: { en: 'table', zh: '表' },
    column: { en: 'column', zh: '字段' }, number: { en: 'number', zh: '指标' },
    metric: { en: 'metric', zh: '指标' }, word: { en: 'word', zh: '词汇' },
    page: { en: 'document', zh: '文档' },
  };
  // Of two entries that match alike, the kind that explains more stands first.
  const RANK = ['word', 'theme', 'metric', 'mart', 'number', 'column', 'page'];
  const html = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // A choice that the browser keeps, the same as on the boards; it may forbid that.
  function kept(key, value) {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function setLanguage(language) {
    S.language = language;
    html.lang = language === 'zh' ? 'zh-CN' : 'en';
    html.dataset.language = language;
    document.title = document.querySelector('title').dataset[language];
    for (const named of document.querySelectorAll('[aria-label][data-en]')) {
      named.setAttribute('aria-label', named.dataset[language]);
    }
  }

  // Every word stands in the heading or the text; more in the heading is better.
  S.search = function (asked) {
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    for (const entry of S.index) {
      const heading = entry[2].toLowerCase();
      const text = entry[3].toLowerCase();
      if (!words.every((word) => heading.includes(word) || text.includes(word))) continue;
      const inHeading = words.filter((word) => heading.includes(word)).length;
      const exact = heading.split(/ · |\./).includes(asked.toLowerCase().trim()) ? 1 : 0;
      found.push({ entry, score: [exact, inHeading, -RANK.indexOf(entry[0]), -heading.length] });
    }
    found.sort((a, b) => {
      const place = a.score.findIndex((value, index) => value !== b.score[index]);
      return place < 0 ? 0 : b.score[place] - a.score[place];
    });
    return found.map((one) => one.entry);
  };

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // The part of a text around the first word that was asked for.
  function around(text, asked) {
    const at = text.toLowerCase().indexOf(asked.toLowerCase().trim().split(/\s+/)[0]);
    const from = Math.max(0, at - 60);
    return (from ? '… ' : '') + text.slice(from, from + 170);
  }

  function showFound() {
    const asked = byId('search').value;
    const box = byId('found');
    box.hidden = !asked.trim();
    if (box.hidden || !S.index) return;
    const found = S.search(asked);
    const rows = found.slice(0, MOST).map(([kind, address, heading, text]) => {
      const row = element('a', '', { href: root + address });
      row.append(
        element('span', KINDS[kind][S.language], { class: 'kind' }),
        element('span', heading),
        element('small', around(text, asked)),
      );
      return row;
    });
    const zh = S.language === 'zh';
    if (!rows.length) rows.push(element('p', zh ? '没有结果。' : 'Nothing found.'));
    if (found.length > MOST) {
      const left = found.length - MOST;
      rows.push(element('p', zh ? `还有 ${left} 条，请缩小范围。` : `${left} more: narrow it down.`));
    }
    box.replaceChildren(...rows);
  }

  // The index is larger than most pages: it is read when somebody searches.
  function loadIndex() {
    if (S.index || byId('index')) return;
    const loaded = element('script', '', { id: 'index', src: `${root}assets/index.js` });
    loaded.addEventListener('load', showFound);
    document.head.append(loaded);
  }

  function moveAmongFound(event) {
    const rows = [...byId('found').querySelectorAll('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      byId('search').value = '';
      byId('search').focus();
      showFound();
    } else if (step && rows.length) {
      event.preventDefault();
      const place = rows.indexOf(document.activeElement) + step;
      (rows[place] || byId('search')).focus();
    } else if (event.key === 'Enter' && document.activeElement === byId('search') && rows.length) {
      rows[0].click();
    }
  }

  function filterGlossary() {
    const asked = byId('filter').value.toLowerCase().trim();
    let left = 0;
    for (const row of document.querySelectorAll('.glossary tbody tr')) {
      row.hidden = !row.textContent.toLowerCase().includes(asked);
      left += row.hidden ? 0 : 1;
    }
    byId('left').textContent = left;
  }

  html.dataset.theme =
    kept('reports-theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  setLanguage(kept('reports-language') || (navigator.language.startsWith('zh') ? 'zh' : 'en'));
  byId('language').addEventListener('click', () => {
    setLanguage(S.language === 'en' ? 'zh' : 'en');
    kept('reports-language', S.language);
    showFound();
  });
  byId('theme').addEventListener('click', () => {
    html.dataset.theme = html.dataset.theme === 'dark' ? 'light' : 'dark';
    kept('reports-theme', html.dataset.theme);
  });
  byId('search').addEventListener('focus', loadIndex);
  byId('search').addEventListener('input', showFound);
  document.querySelector('.search').addEventListener('keydown', moveAmongFound);
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.search')) byId('found').hidden = true;
  });
  if (byId('filter')) {
    byId('filter').addEventListener('input', filterGlossary);
    filterGlossary();
  }
  // On paper everything is light and open.
  let screen;
  addEventListener('beforeprint', () => {
    screen = html.dataset.theme;
    html.dataset.theme = 'light';
    for (const details of document.querySelectorAll('main details')) details.open = true;
  });
  addEventListener('afterprint', () => { html.dataset.theme = screen; });
  if (matchMedia('(max-width: 900px)').matches) document.querySelector('aside details').open = false;
})(window.Site);
