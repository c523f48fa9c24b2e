"""Each metric written by hand: the mart, the day it counts on, and the figure."""

from dataclasses import dataclass

SALES = ("subject.fct_sales_daily", "date_day", "true")
PURCHASED = ("subject.fct_orders", "purchase_date", "is_valid")
ORDERED = ("subject.fct_orders", "ordered_date", "is_valid")
PLACED = ("subject.fct_orders", "ordered_date", "is_test is not true")
BOUGHT = ("thematic.purchase_occasions", "purchase_date", "true")
CUSTOMERS = ("thematic.repurchase_customers", "first_purchase_date", "true")
PARCELS = ("subject.fct_shipments", "shipped_date", "direction = 'outbound'")
TICKETS = ("subject.fct_tickets", "opened_date", "true")
REVIEWS = ("subject.fct_reviews", "created_date", "true")
ADS = ("subject.fct_ad_spend", "spend_date", "true")
MARGINS = ("thematic.margin_waterfall", "month_date", "true")


@dataclass(frozen=True)
class Figure:
    """A figure of a mart; `split`: a column of the mart that it can be split by."""

    mart: str
    day: str
    counted: str
    sql: str
    split: str | None = None


def _figures(source: tuple[str, str, str], split: str | None, **figures: str) -> dict[str, Figure]:
    return {name: Figure(*source, sql, split) for name, sql in figures.items()}


FIGURES = {
    **_figures(
        SALES,
        None,
        revenue="sum(revenue_base_amount)",
        net_revenue="sum(revenue_base_amount) - sum(refund_base_amount)",
        refunds_booked="sum(refund_base_amount)",
        refund_rate_booked="sum(refund_base_amount) / nullif(sum(revenue_base_amount), 0)",
        orders="sum(order_count)",
        units="sum(unit_count)",
        revenue_per_order="sum(revenue_base_amount) / nullif(sum(order_count), 0)",
        units_per_order="sum(unit_count) / nullif(sum(order_count), 0)",
    ),
    **_figures(ORDERED, "order_type", revenue_ordered="sum(revenue_base_amount)"),
    **_figures(
        PLACED,
        "order_type",
        placed_orders="count(*)",
        cancel_rate="count(*) filter (where order_status in ('closed', 'cancelled')"
        " and not is_valid) / count(*)",
        valid_rate="count(*) filter (where is_valid) / count(*)",
    ),
    **_figures(
        PURCHASED,
        "order_type",
        revenue_of_orders="sum(revenue_base_amount)",
        refunds_of_orders="sum(refund_base_amount)",
        refund_rate_of_orders="sum(refund_base_amount) / nullif(sum(revenue_base_amount), 0)",
        buyer_accounts="count(distinct account_key)",
    ),
    **_figures(
        BOUGHT,
        "purchase_number",
        buyers="count(distinct customer_key)",
        revenue_of_buyers="sum(revenue_amount)",
        revenue_per_buyer="sum(revenue_amount) / count(distinct customer_key)",
    ),
    **_figures(
        CUSTOMERS,
        None,
        new_customers="count(*)",
        repurchase_rate="count(*) filter (where purchase_occasions > 1) / count(*)",
    ),
    **_figures(
        PARCELS,
        "carrier",
        parcels="count(*)",
        on_time_rate="count(*) filter (where not is_delivered_late)"
        " / nullif(count(is_delivered_late), 0)",
        late_rate="count(*) filter (where is_delivered_late) / nullif(count(is_delivered_late), 0)",
        transit_hours="sum(transit_hours) / nullif(count(transit_hours), 0)",
    ),
    **_figures(
        TICKETS,
        "topic",
        tickets="count(*)",
        first_reply_minutes="sum(first_reply_minutes) / nullif(count(first_reply_minutes), 0)",
        csat="sum(csat_score) / nullif(count(csat_score), 0)",
        satisfied_rate="count(*) filter (where csat_score > 3) / nullif(count(csat_score), 0)",
    ),
    **_figures(REVIEWS, None, reviews="count(*)", rating="sum(rating) / nullif(count(rating), 0)"),
    **_figures(
        ADS,
        "channel",
        ad_cost="sum(cost_base_amount)",
        ad_revenue="sum(reported_revenue_base_amount)",
        roas="sum(reported_revenue_base_amount) / nullif(sum(cost_base_amount), 0)",
    ),
    **_figures(
        MARGINS,
        "channel",
        net_revenue_of_sales="sum(net_revenue_amount)",
        gross_margin="sum(cm1_amount)",
        net_revenue_with_costs="sum(net_revenue_amount) filter (where cost_amount is not null)",
        gross_margin_rate="sum(cm1_amount) / nullif(sum(net_revenue_amount)"
        " filter (where cost_amount is not null), 0)",
        contribution="sum(cm2_amount)",
        contribution_after_advertising="sum(cm3_amount)",
        contribution_rate="sum(cm2_amount) / nullif(sum(net_revenue_amount)"
        " filter (where cost_amount is not null), 0)",
    ),
}
# Running totals, each over a figure of FIGURES: since the first of the month, or ever.
RUNNING = {
    "revenue_month_to_date": ("revenue", "month"),
    "customers_so_far": ("new_customers", None),
}
