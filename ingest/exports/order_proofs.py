"""Whether an order file's price is that of a unit, and what its amounts add up to."""

from decimal import Decimal

from ingest.exports.candidate import ExportCandidate
from ingest.exports.cells import numbers_of
from ingest.exports.layouts import Layout
from ingest.exports.proof import NOT_PROVED, PROVED, Proof
from ingest.run import Run

# Of the orders of a file, as many must tie before a rule counts as proved.
MOST = Decimal("0.95")
FEW = Decimal("0.05")
LEAST_ORDERS = 20


def prove_orders(
    run: Run, layout: Layout, members: list[ExportCandidate]
) -> dict[int, list[Proof]]:
    """Unit price or line total, and what the order's amounts add up to."""
    found: dict[int, list[Proof]] = {one.file_no: [] for one in members}
    files = numbers_of(members)
    if "price" in layout.proofs:
        for file_no, rows, by_unit, by_line in run.con.execute(f"""
            select
                _file_no, count(*),
                count(*) filter (where quantity * unit_price = line_gross_amount),
                count(*) filter (where unit_price = line_gross_amount)
            from scratch.typed
            where _file_no in {files} and _problem is null and quantity > 1
                and unit_price is not null and line_gross_amount is not null
            group by _file_no
        """).fetchall():
            found[file_no].append(_share("price", by_unit, rows, "a price of one unit"))
            if by_unit < MOST * rows <= by_line:
                run.con.execute(
                    "update scratch.typed set unit_price = unit_price / quantity"
                    " where _file_no = ? and quantity <> 0",
                    [file_no],
                )
                detail = f"the price is the line's total in {by_line:,} of {rows:,} rows"
                found[file_no][-1] = Proof("price", PROVED, detail)
    if "payable" in layout.proofs:
        for file_no, rows, tying in run.con.execute(f"""
            with orders as (
                select
                    _file_no, order_id, max(order_goods_amount) as goods,
                    coalesce(max(order_freight_amount), 0) as freight,
                    coalesce(max(order_tax_amount), 0) as tax, max(order_payable_amount) as payable
                from scratch.typed where _file_no in {files} and _problem is null
                group by _file_no, order_id
            )
            select
                _file_no, count(*),
                count(*) filter (where payable in (goods + freight + tax, goods + freight))
            from orders where goods is not null and payable is not null group by _file_no
        """).fetchall():
            found[file_no].append(
                _share("payable", tying, rows, "goods, freight and tax are payable")
            )
    if "repeated" in layout.proofs:
        for file_no, orders, differing in run.con.execute(f"""
            with orders as (
                select _file_no, order_id, min(order_payable_amount) <> max(order_payable_amount)
                    as differs, count(*) as rows
                from scratch.typed where _file_no in {files} and _problem is null
                group by _file_no, order_id
            )
            select _file_no, count(*), count(*) filter (where differs) from orders
            where rows > 1 group by _file_no
        """).fetchall():
            found[file_no].append(
                _share(
                    "repeated", orders - differing, orders, "an order's money is equal on its rows"
                )
            )
    return found


def _share(name: str, tying: int, rows: int, what: str) -> Proof:
    detail = f"{what} in {tying:,} of {rows:,}"
    if rows and tying >= MOST * rows:
        return Proof(name, PROVED, detail)
    if rows >= LEAST_ORDERS and tying < FEW * rows:
        return Proof(
            name,
            NOT_PROVED,
            detail,
            f"{detail} only: the amounts do not mean what the layout says, or the file was edited;"
            " export it again",
        )
    return Proof(name, NOT_PROVED, detail)
