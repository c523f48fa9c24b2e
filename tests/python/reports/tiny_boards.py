"""A published file of five tables and a folder with one board, both small and made by hand."""

from pathlib import Path

import duckdb

# A name that would end a script, an id of twenty digits, a null, an amount of a billion thousands.
SHOP = "<b>Shop</b> & </script>"
LONG_ID = "00012345678901234567"

BOARD = """
place: 1
title: {en: Sales, zh: 销售}
about: {en: Sales of the shops., zh: 各店销售。}
queries:
  days:
    mart: subject.fct_sales
    empty: {en: "No order has landed.", zh: 尚无订单。}
    filters: {shop: shop_key, platform: platform_code, period: day}
    dimensions:
      day: {en: Day, zh: 日期, unit: date}
      shop_key: {en: Shop, zh: 店铺, unit: shop}
      order_id: {en: Order, zh: 订单号}
      colour: {en: Colour, zh: 颜色}
    measures:
      revenue: {en: Revenue, zh: 销售额, unit: money, before: earlier, about: {
        en: What was sold., zh: 卖了多少。}}
      earlier: {en: Earlier, zh: 前期, unit: money, about: {en: Sold before., zh: 之前。}}
      refund_rate: {en: Refund rate, zh: 退款率, unit: rate, sum: refunds, per: revenue, about: {
        en: Refunds per revenue., zh: 退款 ÷ 销售额。}}
      minutes: {en: Minutes, zh: 分钟, unit: minutes, about: {en: Minutes worked., zh: 工作分钟。}}
  people:
    mart: subject.fct_people
    measures:
      buyers: {en: Buyers, zh: 买家数, unit: count, value: buyers, about: {
        en: People., zh: 人数。}}
charts:
  - title: {en: In short, zh: 概要}
    kind: tiles
    query: days
    measures: [revenue, refund_rate, minutes]
  - {title: {en: Buyers, zh: 买家}, kind: tiles, query: people, measures: [buyers]}
  - {title: {en: By day, zh: 按日}, kind: bar, query: days, by: day, measures: [revenue]}
  - title: {en: Orders, zh: 订单}
    kind: table
    query: days
    by: [order_id, shop_key, colour]
    measures: [revenue, refund_rate]
"""

DAYS = """
-- One row per order.
select
    day, shop_key, platform_code, order_id, colour, colour_zh, revenue, earlier, refunds, minutes
from subject.fct_sales
order by order_id
"""

ROWS = f"""
    ('2026-01-01', 's1', 'own', '{LONG_ID}', 'red', '红', 1000000000000.25, 1, 0, 1.25),
    ('2026-01-02', 's1', 'own', '00002', 'blue', '蓝', 100.5, 2, 50.25, null),
    ('2026-01-02', 's2', 'mall', '=1+1', 'red', '红', 300, 3, 0, null),
    ('2026-01-03', 's2', 'mall', '00004', null, null, null, null, null, null)
"""

ONE_SHOP = "('2026-01-01', 's1', 'own', '00001', 'red', '红', 12.5, 1, 0, 1.25)"


def write_file(path: Path, rows: str = ROWS) -> Path:
    """A published file with these rows of sales; without rows, with empty tables."""
    with duckdb.connect(str(path)) as con:
        con.execute("""
            create schema subject;
            create schema thematic;
            create table subject.dim_as_of_date (as_of_date date);
            create table subject.dim_platforms (
                platform_code varchar, platform_name varchar, platform_name_zh varchar);
            create table subject.dim_shops (
                shop_key varchar, shop_id varchar, shop_name varchar, platform_code varchar);
            create table subject.fct_sales_daily (
                currency_code varchar, revenue_amount decimal(28, 4),
                revenue_base_amount decimal(28, 4), order_count integer);
            create table subject.fct_people (buyers integer);
            create table subject.fct_sales (
                day date, shop_key varchar, platform_code varchar, order_id varchar, colour varchar,
                colour_zh varchar, revenue decimal(28, 4), earlier decimal(28, 4),
                refunds decimal(28, 4), minutes decimal(12, 2));
        """)
        if rows:
            con.execute(f"insert into subject.fct_sales values {rows}")
            con.execute(f"""
                insert into subject.dim_as_of_date values ('2026-01-03');
                insert into subject.dim_platforms
                values ('own', 'Own', '自营'), ('mall', 'Mall', '商城');
                insert into subject.dim_shops
                select distinct
                    shop_key, shop_key, if(shop_key = 's1', '{SHOP}', 'Second'), platform_code
                from subject.fct_sales;
                insert into subject.fct_sales_daily values ('CNY', 1, 1, 1), ('USD', 1, 7, 9);
                insert into subject.fct_people values (3);
            """)
    return path


def write_boards(folder: Path, board: str = BOARD, days: str = DAYS) -> Path:
    """A folder with the board `sales`, and its queries."""
    (folder / "sales").mkdir(parents=True)
    (folder / "sales.yml").write_text(board, encoding="utf-8")
    (folder / "sales" / "days.sql").write_text(days, encoding="utf-8")
    people = "select buyers from subject.fct_people order by buyers"
    (folder / "sales" / "people.sql").write_text(people, encoding="utf-8")
    return folder
