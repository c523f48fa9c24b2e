-- One row per thing that somebody should look at, also where there is none of it.
with found as (
    select
        1 as place,
        'unreconciled' as thing,
        count(*) as cases,
        'subject.fct_order_reconciliation' as mart
    from subject.fct_order_reconciliation
    where is_valid and is_reconciled = false
    union all
    select
        2,
        'unsettled',
        count(*),
        'thematic.cash_open_orders'
    from thematic.cash_open_orders
    cross join subject.dim_as_of_date
    where purchase_date < as_of_date - 45
    union all
    select
        3,
        'not_shipped',
        count(*),
        'subject.fct_shipments'
    from subject.fct_shipments
    where direction = 'outbound' and is_shipping_overdue
    union all
    select
        4,
        'overdue',
        count(*),
        'subject.fct_shipments'
    from subject.fct_shipments
    where direction = 'outbound' and is_overdue and not is_lost
    union all
    select
        5,
        'unanswered',
        count(*),
        'subject.fct_tickets'
    from subject.fct_tickets
    where is_open and first_reply_at is null and is_bot_resolved is not true
    union all
    select
        6,
        'oversold',
        count(*),
        'subject.fct_stock_ledger'
    from (
        select sku_id
        from subject.fct_stock_ledger
        cross join subject.dim_as_of_date
        where
            valid_from_date <= as_of_date
            and (valid_to_date is null or valid_to_date >= as_of_date)
        group by sku_id
        having sum(available_to_ship_quantity) < 0
    ) as skus
    union all
    select
        7,
        'unmatched',
        coalesce(sum(unmatched_count), 0),
        'subject.fct_unmatched_references'
    from subject.fct_unmatched_references
    union all
    select
        8,
        'late_files',
        count(*),
        'thematic.month_close'
    from thematic.month_close
    where file_status in ('late', 'disproved')
)

select
    thing,
    mart,
    cases
from found
order by place
