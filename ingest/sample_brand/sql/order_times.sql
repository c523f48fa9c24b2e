-- order_times: when each thing happens to an order, in the shop's wall clock; what lies after the
-- last day is still to come. A moment that never comes is null.

create or replace table order_times as
with
paying as (
    select
        order_no, person_id, fate, created_at, is_presale, sale_from,
        case
            when fate in ('store', 'points_only') then created_at
            when fate in ('presale', 'presale_dropped')
                then later(created_at, whole(order_no, 'deposit delay', 20, 900))
        end as deposit_at,
        case fate
            when 'store' then later(created_at, whole(order_no, 'till', 20, 120))
            -- The balance is due within three days of the sale's opening.
            when 'presale' then greatest(
                later(sale_from, floor(pow(u(order_no, 'balance delay'), 3) * 3 * 86400)::bigint),
                later(created_at, 1200)
            )
            when 'points_only' then later(created_at, 5)
            when 'paid' then later(created_at, case
                when chance(order_no, 'slow payer', 0.05)
                    then whole(order_no, 'pay delay', 3600, 80000)
                else whole(order_no, 'pay delay', 15, 900)
            end)
            when 'cancelled' then later(created_at, whole(order_no, 'pay delay', 15, 900))
        end as paid_at
    from order_seeds
),
shipping as (
    select
        paying.*,
        coalesce(paid_at, created_at) as ordered_at,
        case
            when fate in ('paid', 'presale', 'points_only', 'on_delivery', 'refused')
                then later(coalesce(paid_at, created_at), case
                    when chance(order_no, 'slow packing', case when is_presale
                        then 0.16 else 0.05 end)
                        then whole(order_no, 'packing', 150000, 400000)
                    else whole(order_no, 'packing', 9000, 150000)
                end)
        end as shipped_at,
        chance(order_no, 'lost', 0.004) and fate <> 'refused' as is_lost,
        persons.zone
    from paying
    inner join persons using (person_id)
),
arriving as (
    select
        *,
        case
            when not is_lost then later(
                shipped_at,
                zone * 54000 + whole(order_no, 'transit', 14000, 86000) + case
                    when chance(order_no, 'delayed', 0.06)
                        then whole(order_no, 'delay', 90000, 600000)
                    else 0
                end
            )
        end as delivered_at
    from shipping
)
select
    order_no,
    deposit_at,
    case when fate = 'on_delivery' then later(delivered_at, 60) else paid_at end as paid_at,
    shipped_at,
    delivered_at,
    is_lost,
    case
        when fate = 'store' then paid_at
        when fate = 'refused' then null
        else later(delivered_at, whole(order_no, 'completion', 7, 10) * 86400)
    end as completed_at,
    case fate
        when 'unpaid' then later(created_at, case when chance(order_no, 'gives up', 0.4)
            then whole(order_no, 'closing', 600, 7000) else 86400 end)
        when 'presale_dropped' then sale_from + interval '3 days 1 minute'
        when 'refused' then later(delivered_at, 7200)
        when 'cancelled' then later(paid_at, whole(order_no, 'cancelling', 600, 60000))
    end as closed_at,
    case
        when fate in ('presale', 'presale_dropped') then sale_from + interval 3 day
    end as balance_due_at,
    case when shipped_at is not null then later(ordered_at, 48 * 3600) end as ship_by_at,
    case when shipped_at is not null
        then later(ordered_at, 48 * 3600 + zone * 54000 + 86400) end as deliver_by_at
from arriving;
