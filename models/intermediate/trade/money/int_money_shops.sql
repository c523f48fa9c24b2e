-- A wallet such as Alipay is no place of sale: its files lie in the folder of a shop, and belong to
-- the one shop of that name that sells. Where none or several have the name, they stay their own.

with

selling_shops as (

    select
        platform_code,
        shop_id
    from {{ ref('int_orders_unioned') }}
    union
    select
        platform_code,
        shop_id
    from {{ ref('int_shops_unioned') }}

),

money_shops as (

    select
        platform_code,
        shop_id
    from {{ ref('int_money_movements_unioned') }}
    union
    select
        platform_code,
        shop_id
    from {{ ref('int_money_files_unioned') }}

),

final as (

    select
        money_shops.platform_code as statement_platform_code,
        money_shops.shop_id,
        case
            when
                count(selling_shops.platform_code) = 1
                or count(case
                    when selling_shops.platform_code = money_shops.platform_code then 1
                end) = 1
                then coalesce(
                    max(case
                        when selling_shops.platform_code = money_shops.platform_code
                            then selling_shops.platform_code
                    end),
                    max(selling_shops.platform_code)
                )
            else money_shops.platform_code
        end as platform_code
    from money_shops
    left join selling_shops
        on money_shops.shop_id is not distinct from selling_shops.shop_id
    group by money_shops.platform_code, money_shops.shop_id

)

select * from final
