-- One row per shop, stage and reason of the refunds completed in the last 90 days.
select
    shop_key,
    refund_stage,
    refund_reason,
    count(*) as refunds,
    sum(refund_base_amount) as refunded
from subject.fct_refunds
cross join subject.dim_as_of_date
where
    is_completed and not is_exchange
    and booked_date between as_of_date - 89 and as_of_date
group by shop_key, refund_stage, refund_reason
order by refunded desc nulls last, refund_stage, refund_reason, shop_key
