-- Buyers of a customer list, and those whom orders alone name.

with

listed as (

    select * from {{ ref('stg_exports__buyers_listed') }}

),

orders as (

    select * from {{ ref('stg_exports__orders') }}
    where account_id is not null

),

named as (

    select
        orders.platform_code,
        orders.shop_id,
        orders.account_id,
        max(case when orders.account_email like '%@%' then orders.account_email end) as email,
        max(orders.batch_id) as batch_id,
        max(orders.loaded_at) as loaded_at
    from orders
    left join listed
        on
            orders.platform_code = listed.platform_code
            and coalesce(orders.shop_id, '') = coalesce(listed.shop_id, '')
            and orders.account_id = listed.account_id
    where listed.account_id is null
    group by orders.platform_code, orders.shop_id, orders.account_id

),

final as (

    select * from listed
    union all
    select
        platform_code,
        shop_id,
        account_id,
        {{ lacks('accounts', ['nickname', 'phone']) }},
        email,
        {{ lacks('accounts', [
            'gender', 'birth_date', 'member_level', 'registered_time',
            'registered_offset_minutes', 'country', 'province', 'city', 'address',
            'accepts_marketing',
        ]) }},
        batch_id,
        loaded_at
    from named

)

select * from final
