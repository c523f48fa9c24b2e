"""Write docs/case_online_retail.md: marts of 305 real daily files, read with an owner's eyes.

`make case REAL_DATA_DIR=…` builds the warehouse and runs it. Every figure of the page comes from
the published file; the words about them stand in case_online_retail.template.
"""

import sys
from decimal import Decimal
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT_DIR))

import duckdb  # noqa: E402

from ingest import settings  # noqa: E402

PAGE = PROJECT_DIR / "docs" / "case_online_retail.md"
TEMPLATE = PAGE.with_suffix(".template")
SEGMENTS = """
    select segment_name, customers, customers / sum(customers) over () as customer_share,
        net_revenue_amount, net_revenue_amount / sum(net_revenue_amount) over () as money_share
    from thematic.rfm_segment_summary order by net_revenue_amount desc
"""
CLUSTERS = """
    select cluster_number, count(*) as customers, any_value(typical_recency_days),
        any_value(typical_purchase_occasions), any_value(typical_net_revenue_amount)
    from thematic.rfm_clusters
    inner join thematic.rfm_cluster_centroids as centres using (cluster_number)
    group by cluster_number order by cluster_number
"""
COHORTS = """
    select strftime(cohort_month, '%Y-%m'), any_value(cohort_customers),
        max(case when months_since_first = 1 then retention_rate end),
        max(case when months_since_first = 3 then retention_rate end),
        max(case when months_since_first = 6 then retention_rate end)
    from thematic.repurchase_cohorts
    where cohort_month < date '2011-10-01' and is_month_complete
    group by cohort_month order by cohort_month
"""
WAITS = """
    select days, max(case when purchase_number = 1 then 1 - survival end),
        max(case when purchase_number = 2 then 1 - survival end),
        max(case when purchase_number = 3 then 1 - survival end)
    from (
        select purchase_number, days, min(survival_rate) as survival
        from thematic.repurchase_hazard, (select unnest([30, 60, 90, 180]) as days)
        where days_since_purchase <= days and purchase_number <= 3
        group by purchase_number, days
    ) group by days order by days
"""
PAIRS = """
    select one.product_name, other.product_name, pair_orders, confidence, lift, lift_low
    from thematic.basket_pairs
    inner join subject.dim_products as one using (product_key)
    inner join subject.dim_products as other on other_product_key = other.product_key
    where product_orders < other_product_orders
    order by lift_low desc, one.product_name limit 6
"""
STAGES = """
    select product_name, stage, line_count, earlier_line_count, share_ratio
    from thematic.lifecycle_products inner join subject.dim_products using (product_key)
    where month_date = date '2011-11-01' and stage = '{stage}'
    order by {bound}, product_name limit 5
"""
ONE = {
    "customers": "select count(*) from thematic.rfm_customers",
    "once": "select count(*) from thematic.rfm_customers where purchase_occasions = 1",
    "revenue": "select sum(revenue_base_amount) from subject.fct_sales_daily",
    "refunds": "select sum(refund_base_amount) from subject.fct_sales_daily",
    "unnamed": "select 1 - sum(revenue_base_amount) filter (account_key is not null)"
    " / sum(revenue_base_amount) from subject.fct_orders where is_valid",
    "half": "select min(place) from (select row_number() over money as place,"
    " sum(net_revenue_amount) over money as so_far, sum(net_revenue_amount) over () as of_all"
    " from thematic.rfm_customers window money as"
    " (order by net_revenue_amount desc, customer_key)) where so_far >= of_all / 2",
    "big_overdue": "select count(*) from thematic.repurchase_customers inner join"
    " thematic.rfm_customers using (customer_key) where is_overdue and monetary_score = 5",
    "big_overdue_money": "select sum(net_revenue_amount) from thematic.repurchase_customers"
    " inner join thematic.rfm_customers using (customer_key)"
    " where is_overdue and monetary_score = 5",
    "median_first": "select median_days from thematic.repurchase_intervals"
    " where purchase_number = 1",
    "pairs": "select count(*) / 2 from thematic.basket_pairs",
    "alive": "select avg(alive_rate) from thematic.clv_customers",
    "expected_days": "select sum(expected_purchase_days) from thematic.clv_customers",
    "leaving": "select parameter_a / (parameter_a + parameter_b) from thematic.clv_parameters"
    " where history_name = 'forecast' and model_name = 'bg_nbd'",
    "back_reason": "select max(missing_reason) from thematic.clv_backtest",
    "few_sales": "select count(*) from thematic.lifecycle_products"
    " where month_date = date '2011-11-01' and missing_reason = 'too_few_sales'",
    "told_products": "select count(*) from thematic.lifecycle_products"
    " where month_date = date '2011-11-01'",
    "autumn": "select sum(revenue_base_amount) filter (month(date_day) in (9, 10, 11))"
    " / sum(revenue_base_amount) from subject.fct_sales_daily where year(date_day) = 2011",
}


def page(con: duckdb.DuckDBPyConnection) -> str:
    """The page of a published file of the 305 daily files as of 2011-12-10."""
    one = {name: con.execute(query).fetchone()[0] for name, query in ONE.items()}
    rows = {
        name: con.execute(query).fetchall()
        for name, query in {
            "segments": SEGMENTS,
            "clusters": CLUSTERS,
            "cohorts": COHORTS,
            "waits": WAITS,
            "pairs": PAIRS,
            "growing": STAGES.format(stage="growth", bound="share_ratio_low desc"),
            "fading": STAGES.format(stage="decline", bound="share_ratio_high"),
        }.items()
    }
    champions = next(row for row in rows["segments"] if row[0] == "Champions")
    return TEMPLATE.read_text(encoding="utf-8").format(
        **{name: said(value) for name, value in one.items()},
        once_share=share(one["once"] / one["customers"]),
        refund_share=share(one["refunds"] / one["revenue"]),
        champion_count=said(champions[1]),
        champion_share=share(champions[2]),
        champion_money=share(champions[4]),
        unnamed_share=share(one["unnamed"]),
        leaving_share=share(one["leaving"]),
        alive_share=share(one["alive"]),
        autumn_share=share(one["autumn"]),
        told_stages=said(one["told_products"] - one["few_sales"]),
        segments=table(
            ("segment", "customers", "of all", "net revenue, GBP", "of all"),
            [(n, said(c), share(s), said(m), share(t)) for n, c, s, m, t in rows["segments"]],
        ),
        clusters=table(
            ("cluster", "customers", "days since the last purchase", "purchase days", "net, GBP"),
            [tuple(map(said, row)) for row in rows["clusters"]],
        ),
        cohorts=table(
            ("first purchase", "customers", "a month later", "three", "six"),
            [(month, said(n), *map(share, rates)) for month, n, *rates in rows["cohorts"]],
        ),
        waits=table(
            ("within days", "after the first", "after the second", "after the third"),
            [(said(days), *map(share, rates)) for days, *rates in rows["waits"]],
        ),
        pairs_table=table(
            ("product", "and", "orders with both", "take the other", "lift", "at least"),
            [(a, b, said(n), share(c), said(x), said(low)) for a, b, n, c, x, low in rows["pairs"]],
        ),
        stages=table(
            ("product", "stage", "lines, Sep to Nov", "Jun to Aug", "share, times"),
            [
                (name, stage, said(now), said(before), said(ratio))
                for name, stage, now, before, ratio in (*rows["growing"], *rows["fading"])
            ],
        ),
    )


def said(value: object) -> str:
    """A figure as people read it: thousands apart, small ones with two digits."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    is_small = abs(value) < 100 and value != int(value)
    return f"{Decimal(value):,.2f}" if is_small else f"{Decimal(value):,.0f}"


def share(value: Decimal | float | None) -> str:
    return "–" if value is None else f"{100 * float(value):.1f} %"


def table(header: tuple[str, ...], rows: list[tuple]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Write the page from the published file of WAREHOUSE_DIR; 1: there is none."""
    published = settings.warehouse_dir() / "published" / "warehouse.duckdb"
    if not published.exists():
        print(f"error: there is no {published}: run `make case`", file=sys.stderr)
        return 1
    with duckdb.connect(str(published), read_only=True) as con:
        PAGE.write_text(page(con), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(PROJECT_DIR)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
