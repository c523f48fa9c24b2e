-- An order's money stands on its own row, is repeated on its lines, or is told line by line. What
-- the seller gave is what is left of the price without the buyer's and the others' shares.

with

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

summed as (

    select
        platform_code,
        shop_id,
        order_id,
        max(account_id) as named_account_id,
        max(buyer_email) as buyer_email,
        max(buyer_phone) as buyer_phone,
        max(case when status_rank = 1 then order_status end) as source_status,
        max(order_type) as order_type,
        min(created_at) as created_time,
        max(created_at_offset_minutes) as created_offset_minutes,
        min(paid_at) as paid_time,
        max(paid_at_offset_minutes) as paid_offset_minutes,
        max(coalesce(cancelled_at, closed_at)) as closed_time,
        max(coalesce(cancelled_at_offset_minutes, closed_at_offset_minutes))
            as closed_offset_minutes,
        max(cancel_reason) as cancel_reason,
        max(upper(currency)) as currency_code,
        {{ known_sum("case when row_kind = 'order' then 0 else gross_amount end") }} as gross,
        max(case when row_kind = 'item' then 1 else 0 end) = 1 as has_items,
        coalesce(
            max(order_goods_amount),
            max(order_payable_amount) - coalesce(max(order_net_freight_amount), 0)
            - coalesce(max(order_whole_tax_amount), 0),
            sum(line_goods_amount)
        ) as goods,
        coalesce(max(order_seller_discount), 0) as order_seller_discount,
        coalesce(sum(line_given_discount), 0) as line_seller_discount,
        coalesce(max(order_platform_discount), sum(line_platform_discount), 0)
        + coalesce(max(order_payment_discount), sum(line_payment_discount), 0)
            as platform_discount_amount,
        coalesce(max(order_partner_discount), sum(line_partner_discount), 0)
            as partner_discount_amount,
        coalesce(max(order_points_discount), sum(line_points_discount), 0)
            as points_discount_amount,
        coalesce(max(order_net_freight_amount), sum(line_net_freight_amount)) as freight_amount,
        coalesce(max(order_whole_tax_amount), sum(line_whole_tax_amount)) as tax_amount,
        max(order_payable_amount) as payable,
        max(order_paid_amount) as paid,
        max(receiver_name) as receiver_name,
        max(receiver_phone) as receiver_phone,
        max(receiver_country) as receiver_country,
        max(receiver_province) as receiver_province,
        max(receiver_city) as receiver_city,
        max(receiver_district) as receiver_district,
        max(receiver_address) as receiver_address,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from order_rows
    group by platform_code, shop_id, order_id

),

final as (

    select
        platform_code,
        shop_id,
        order_id,
        coalesce(
            {{ published_account_id('named_account_id') }},
            {{ contact_account_id('coalesce(buyer_email, buyer_phone)') }}
        ) as account_id,
        coalesce(named_account_id, buyer_email) as account_email,
        -- Where a file has no status, a time of payment is what says that an order was paid.
        -- Some hold a day: what may still be asked for until then.
        coalesce(
            trim(regexp_replace(source_status, '[0-9]{4}-[0-9]{2}-[0-9]{2}.*', '')),
            case when paid_time is null then 'unpaid' else 'paid' end
        ) as source_status,
        order_type,
        created_time,
        created_offset_minutes,
        paid_time,
        paid_offset_minutes,
        closed_time,
        closed_offset_minutes,
        cancel_reason,
        currency_code,
        case
            when has_items and gross is not null and goods is not null
                then greatest(
                    gross - line_seller_discount - goods - platform_discount_amount
                    - partner_discount_amount - points_discount_amount,
                    0
                )
            else greatest(order_seller_discount - line_seller_discount, 0)
        end as seller_discount_amount,
        platform_discount_amount,
        partner_discount_amount,
        points_discount_amount,
        freight_amount,
        tax_amount,
        coalesce(payable, goods + coalesce(freight_amount, 0) + coalesce(tax_amount, 0), paid)
            as source_payable_amount,
        receiver_name,
        receiver_phone,
        receiver_country,
        receiver_province,
        receiver_city,
        receiver_district,
        receiver_address,
        {{ lacks('orders', [
            'is_test', 'is_cash_on_delivery', 'balance_due_time', 'balance_due_offset_minutes',
            'deposit_amount', 'group_id', 'live_session_id', 'campaign_id',
        ]) }},
        batch_id,
        loaded_at
    from summed

)

select * from final
