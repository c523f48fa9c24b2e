-- platform_amazon_amounts: what Amazon books of each entry of its statements: the goods before
-- promotions, freight, tax and promotions apart, and its fees.

create or replace table platform_amazon_amounts as
with
of_statements as (
    select
        *,
        date_diff('day', getvariable('first_day'), settled_moment::date) // 14 as statement_no
    from platform_entries
    where platform = 'amazon'
),
sold as (
    select
        of_statements.* exclude (cents),
        line_no, sku_id, quantity,
        line_tax_cents, line_freight_cents,
        line_goods_cents - line_gross_cents as promotion_cents,
        -- What the platform is off by, it is off by in the first item.
        line_gross_cents + case when line_no = 1 then cents - payable_in_cents else 0 end
            as principal_cents
    from of_statements
    inner join platform_lines using (platform, shop_id, order_id, currency)
    where kind = 'payout'
),
given_back as (
    select
        of_statements.* exclude (cents), platform_refunds.refund_id, sku_id,
        -goods_back_cents as principal_cents,
        -freight_back_cents as freight_cents,
        -tax_back_cents as tax_cents
    from of_statements
    inner join platform_refunds using (platform, shop_id, order_id, refund_place)
    left join platform_lines using (platform, shop_id, order_id, line_no)
    where kind = 'refund'
)
select *, 1 as place, 'ItemPrice' as amount_type, 'Principal' as description,
    principal_cents as cents from sold
union all by name
select *, 2 as place, 'ItemPrice' as amount_type, 'Shipping' as description,
    line_freight_cents as cents from sold
union all by name
select *, 3 as place, 'ItemPrice' as amount_type, 'Tax' as description,
    line_tax_cents as cents from sold
union all by name
select *, 4 as place, 'Promotion' as amount_type, 'Principal' as description,
    promotion_cents as cents from sold
union all by name
select *, 1 as place, 'ItemPrice' as amount_type, 'Principal' as description,
    principal_cents as cents from given_back
union all by name
select *, 2 as place, 'ItemPrice' as amount_type, 'Shipping' as description,
    freight_cents as cents from given_back
union all by name
select *, 3 as place, 'ItemPrice' as amount_type, 'Tax' as description,
    tax_cents as cents from given_back
union all by name
select
    *,
    5 as place,
    case when order_id is null then 'other-transaction' else 'ItemFees' end as amount_type,
    case
        when kind = 'commission' then 'Commission'
        when kind = 'payment_fee' then 'PaymentMethodFee'
        when kind = 'penalty' then 'BalanceAdjustment'
        when order_id is null then 'Service Fee'
        else 'DigitalServicesFee'
    end as description
from of_statements
where kind not in ('payout', 'refund');
