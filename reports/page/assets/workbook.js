// A small .xlsx: one sheet, texts as texts, so that long ids keep their digits, numbers as numbers.
'use strict';

(function (R) {
  // Places in the styles below: the look of a column by its unit.
  const STYLES = { money: 2, price: 2, rate: 3, count: 4, score: 2 };
  const HEADER = 1;
  const OTHER_NUMBER = 5;
  const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
  const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

  const PARTS = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${SHEETS}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="#,##0.0"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };

  const escapeXml = (text) =>
    String(text)
      // XML has no way to write control characters.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

  function cell(value, style) {
    if (value === null || value === undefined) {
      return '<c/>';
    }
    if (typeof value === 'number') {
      return `<c s="${style}"><v>${value}</v></c>`;
    }
    return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  }

  function sheet({ columns, rows }) {
    const header = columns.map((column) => cell(column.label, HEADER)).join('');
    const style = (row, place) =>
      columns[place].isNumber ? STYLES[row.units[place]] || OTHER_NUMBER : 0;
    const lines = rows.map(
      (row) =>
        `<row>${row.map((value, place) => cell(value, style(row, place))).join('')}</row>`,
    );
    const widths = columns
      .map((_, place) => `<col min="${place + 1}" max="${place + 1}" width="18" customWidth="1"/>`)
      .join('');
    return `${XML}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row>${header}</row>${lines.join('')}</sheetData></worksheet>`;
  }

  const CRC = Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    }
    return rest >>> 0;
  });

  function checksum(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) {
      crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 0xff];
    }
    return (crc ^ 0xffffffff) >>> 0;
  }

  // Little-endian fields: [size in bytes, value] each.
  function fields(...list) {
    const bytes = [];
    for (const [size, value] of list) {
      for (let place = 0; place < size; place += 1) {
        bytes.push((value >>> (8 * place)) & 0xff);
      }
    }
    return Uint8Array.from(bytes);
  }

  const DAY = 0x21; // 1980-01-01, the first day that a zip file can name
  const UTF8 = 0x800;

  // A zip file of parts that are stored as they are.
  function zip(parts) {
    const encoder = new TextEncoder();
    const [pieces, index] = [[], []];
    let offset = 0;
    for (const [path, text] of Object.entries(parts)) {
      const [name, bytes] = [encoder.encode(path), encoder.encode(text)];
      const entry = [
        [2, 20], [2, UTF8], [2, 0], [2, 0], [2, DAY],
        [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0],
      ];
      const head = fields([4, 0x04034b50], ...entry);
      index.push(
        fields([4, 0x02014b50], [2, 20], ...entry, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
        name,
      );
      pieces.push(head, name, bytes);
      offset += head.length + name.length + bytes.length;
    }
    const size = index.reduce((total, piece) => total + piece.length, 0);
    const count = Object.keys(parts).length;
    const end = fields(
      [4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0],
    );
    return [...pieces, ...index, end];
  }

  // A workbook of {columns: [{label, unit, isNumber}], rows: lists of values with units}, as a Blob.
  R.workbook = (table) =>
    new Blob(zip({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet(table) }), {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
})(window.Reports);
