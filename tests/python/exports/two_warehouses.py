"""The sample brand built twice: from its plain files, and from the files of its platforms."""

from datetime import date
from pathlib import Path

import duckdb
from incremental_warehouse import GrowingWarehouse

from ingest.sample_brand import Options, generate
from ingest.sample_brand.platform_files import write_platform_files

# The weeks before Double 11: pre-sales, hosts, subsidies; a thousand orders.
SCALE, FIRST_DAY, DAYS = 0.2, date(2024, 10, 1), 60
MODELS = ("+fct_orders", "+fct_order_lines", "+fct_refunds")
PLAIN, FILES = ("oms", "+fct_settlements"), ("exports", "+fct_money_movements")
# Both sides of each order of a platform: plain_… and files_….
ORDER_COLUMNS = (
    *("is_valid", "is_test", "order_status", "ordered_date", "purchase_date", "line_count"),
    *("unit_count", "gross_amount", "paid_amount", "revenue_amount", "payable_amount"),
    *("freight_amount", "platform_discount_amount", "partner_discount_amount"),
    "points_discount_amount",
)


def build_both(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the databases `plain` and `files`, and the views of this module.

    The tests of the staging models pass on the files' rows.
    """
    made = {
        name: Options(
            landing_dir=folder / name / "exports" if name == "files" else folder / name,
            warehouse_dir=folder / "truth",
            scale=SCALE,
            days=DAYS,
            first_day=FIRST_DAY,
        )
        for name in ("plain", "files")
    }
    generate(made["plain"], say=lambda _: None)
    write_platform_files(made["files"], say=lambda _: None)
    con = duckdb.connect()
    for name, (source, model) in (("plain", PLAIN), ("files", FILES)):
        warehouse = GrowingWarehouse(folder / f"{name}_warehouse", source, folder / name)
        warehouse.land()
        kinds = ("--resource-type", "seed", "--resource-type", "model")
        warehouse.dbt("build", *kinds, "--select", *MODELS, model)
        if source == "exports":
            # On rows of every platform, too.
            warehouse.dbt("test", "--select", "path:models/staging/exports")
        con.execute(f"attach '{warehouse.working_file}' as {name} (read_only)")
    _create_views(con)
    return con


def _create_views(con: duckdb.DuckDBPyConnection) -> None:
    both = ", ".join(
        f"{side}.{column} as {side}_{column}"
        for column in ORDER_COLUMNS
        for side in ("plain", "files")
    )
    con.execute(f"""
        create temp view orders as
        select
            plain.order_key, plain.platform_code, plain.order_id,
            files.order_key is null as is_lost,
            {both}
        from plain.subject.fct_orders as plain
        left join files.subject.fct_orders as files using (order_key)
        where plain.platform_code <> 'offline'
    """)
    # The freight goes back with the goods or apart, as the source tells it.
    con.execute("""
        create temp view refunds as
        select
            side, order_key, refund_kind, is_presumed, booked_date, refund_status, is_completed,
            refund_id, refund_paid_amount as goods_amount,
            refund_paid_amount + excess_amount + coalesce(refund_tax_amount, 0)
            + coalesce(refund_freight_amount, 0) as cash_amount
        from (
            select 'plain' as side, * from plain.subject.fct_refunds
            union all by name
            select 'files' as side, * from files.subject.fct_refunds
        )
    """)
