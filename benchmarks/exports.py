"""Times landing of export files against landing of the same rows in the plain layout.

    python -m benchmarks.exports --files 1000 --rows 1000

Writes the rows of a Douyin shop's orders (74 columns) and of an Alipay account (GB 18030, lines
around the table, a running balance) twice: as the platforms do, and as plain `oms` files. Folders
are temporary; both ways take turns in one run. On a busy machine compare the seconds of the CPU
(user and system).
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from ingest.exports.layouts import layouts
from ingest.landing import land

ORDER = {
    "主订单编号": "'\t69' || lpad(order_number, 15, '0')",
    "子订单编号": "'\t69' || lpad(order_number, 15, '0')",
    "选购商品": "'货品'",
    "商品数量": "quantity",
    "商品ID": "'\t35' || lpad(sku, 12, '0')",
    "商家编码": "'SKU' || sku",
    "商品单价": "price",
    "订单应付金额": "quantity * price",
    "运费": "0.00",
    "平台优惠": "0.00",
    "商家优惠": "0.00",
    "达人优惠": "0.00",
    "订单提交时间": "created_at",
    "支付完成时间": "created_at",
    "订单状态": "'已完成'",
}


def main() -> int:
    """Write both kinds of files, land each, and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1000, help="of each kind (default: 1000)")
    parser.add_argument("--rows", type=int, default=1000, help="of each file (default: 1000)")
    parser.add_argument("--rounds", type=int, default=2, help="turns (default: 2)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        print(f"writing {given.files:,} files of {given.rows:,} rows", file=sys.stderr, flush=True)
        write(folder, given.files, given.rows)
        print("| turn | seconds of | plain | exports | exports / plain |\n|---|---|---:|---:|---:|")
        for turn in range(1, given.rounds + 1):
            plain = seconds(folder / "plain", "oms", folder / f"w{turn}")
            exports = seconds(folder / "downloads", "exports", folder / f"x{turn}")
            for what, one, other in zip(("the clock", "the CPU"), plain, exports, strict=True):
                told = f"{one:.1f} | {other:.1f} | {other / one:.2f}"
                print(f"| {turn} | {what} | {told} |", flush=True)
    return 0


def seconds(landing: Path, source: str, warehouse: Path) -> tuple[float, float]:
    """Seconds of the clock and the CPU to land a folder into a new warehouse; all must land."""
    clock, cpu = time.monotonic(), time.process_time()
    report = land([source], landing, warehouse)
    assert not report.refusals, report.refusals[:3]
    return time.monotonic() - clock, time.process_time() - cpu


def write(folder: Path, files: int, rows: int) -> None:
    """Half of the files are orders, half the movements of an account."""
    for name in ("plain/oms/orders", "plain/oms/order_lines", "plain/oms/settlements", "downloads"):
        (folder / name).mkdir(parents=True)
    con = duckdb.connect()
    for number in range(files // 2):
        con.execute(f"""
            create or replace table rows as
            select
                {number * rows} + i as order_number, cast(i % 3 + 1 as integer) as quantity,
                cast(i % 50 as varchar) as sku, cast(9.90 + i % 90 as decimal(18, 2)) as price,
                timestamp '2026-01-01' + to_minutes({number * rows} + i) as created_at
            from range({rows}) as numbers (i)
        """)
        con.execute("alter table rows alter order_number type varchar")
        _write_orders(con, folder, number)
        _write_account(con, folder, number)


def _write_orders(con: duckdb.DuckDBPyConnection, folder: Path, number: int) -> None:
    names = layouts()["douyin_orders"].header_names()
    cells = ", ".join(f'cast({ORDER.get(name, "null")} as varchar) as "{name}"' for name in names)
    path = folder / "downloads" / f"orders-{number}.csv"
    con.execute(f"copy (select {cells} from rows) to '{path}' (header, force_quote ('主订单编号'))")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    con.execute(f"""
        copy (
            select 'douyin' as platform, '' as shop_id, '69' || lpad(order_number, 15, '0') as
                order_id, 'b' || order_number as account_id, 'completed' as status, created_at,
                created_at as paid_at, quantity * price as payable_amount
            from rows
        ) to '{folder}/plain/oms/orders/{number}.csv' (header)
    """)
    con.execute(f"""
        copy (
            select 'douyin' as platform, '' as shop_id, '69' || lpad(order_number, 15, '0') as
                order_id, 1 as line_no, 'SKU' || sku as sku_id, quantity, price as unit_price
            from rows
        ) to '{folder}/plain/oms/order_lines/{number}.csv' (header)
    """)


def _write_account(con: duckdb.DuckDBPyConnection, folder: Path, number: int) -> None:
    found = con.execute("""
        select
            order_number, strftime(created_at, '%Y-%m-%d %H:%M:%S'), price,
            sum(price) over (order by created_at)
        from rows order by created_at
    """).fetchall()
    lines = [
        "#支付宝账务明细查询",
        "#账号：[20880000000000000156]",
        "#------------------账务明细列表------------------",
        "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,"
        "账户余额（元）,交易渠道,业务类型,备注",
        *(
            f"{order}\t,2{order}\t,T200P69{order:>015}\t,货,{moved},***,{price},0.00,{balance},"
            "支付宝,交易付款,\t"
            for order, moved, price, balance in found
        ),
        "#------------------账务明细列表结束------------------",
    ]
    path = folder / "downloads" / f"account-{number}.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
    con.execute(f"""
        copy (
            select 'S' || order_number as settlement_id, 'douyin' as platform, '' as shop_id,
                '69' || lpad(order_number, 15, '0') as order_id, 'payout' as kind, price as amount,
                created_at as settled_at, 'CNY' as currency
            from rows
        ) to '{folder}/plain/oms/settlements/{number}.csv' (header)
    """)


if __name__ == "__main__":
    sys.exit(main())
