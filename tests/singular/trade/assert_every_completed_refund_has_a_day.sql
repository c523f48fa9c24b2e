-- A completed refund without a day of its own and without a valid order's day is in no day: name
-- it.

{{ config(severity='warn') }}

select
    refund_key,
    source,
    requested_amount
from {{ ref('fct_refunds') }}
where is_completed and booked_date is null
