-- One row per source and fact: what the marts hold, and up to which day.
with facts as (
    select
        source,
        'orders' as fact,
        ordered_date as day,
        'subject.fct_orders' as mart
    from subject.fct_orders
    union all
    select
        source,
        'payments',
        paid_date,
        'subject.fct_payments'
    from subject.fct_payments
    union all
    select
        source,
        'refunds',
        cast(applied_at as date),
        'subject.fct_refunds'
    from subject.fct_refunds
    union all
    select
        source,
        'settlements',
        settled_date,
        'subject.fct_settlements'
    from subject.fct_settlements
    union all
    select
        source,
        'money_movements',
        moved_date,
        'subject.fct_money_movements'
    from subject.fct_money_movements
    union all
    select
        source,
        'shipments',
        shipped_date,
        'subject.fct_shipments'
    from subject.fct_shipments
    union all
    select
        source,
        'parcel_scans',
        scanned_date,
        'subject.fct_parcel_scans'
    from subject.fct_parcel_scans
    union all
    select
        source,
        'tickets',
        opened_date,
        'subject.fct_tickets'
    from subject.fct_tickets
    union all
    select
        source,
        'reviews',
        created_date,
        'subject.fct_reviews'
    from subject.fct_reviews
    union all
    select
        source,
        'web_events',
        occurred_date,
        'subject.fct_web_events'
    from subject.fct_web_events
    union all
    select
        source,
        'ad_spend',
        spend_date,
        'subject.fct_ad_spend'
    from subject.fct_ad_spend
    union all
    select
        source,
        'coupons',
        issued_date,
        'subject.fct_coupons'
    from subject.fct_coupons
)

select
    source,
    fact,
    mart,
    min(day) as first_date,
    max(day) as last_date,
    count(*) as row_count
from facts
group by source, fact, mart
order by source, fact
