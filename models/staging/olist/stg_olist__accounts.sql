with

orders as (

    {{ latest_delivery(source('olist', 'orders'), ['order_id']) }}

),

customers as (

    {{ latest_delivery(source('olist', 'customers'), ['customer_id']) }}

),

latest as (

    select customers.* from customers
    left join orders
        on customers.customer_id = orders.customer_id
    qualify row_number() over (
        partition by customers.customer_unique_id
        order by orders.order_purchase_timestamp desc nulls last, customers.customer_id desc
    ) = 1

),

renamed as (

    select
        'olist' as platform_code,
        customer_unique_id as account_id,
        'Brazil' as country,
        customer_state as province,
        customer_city as city,
        {{ lacks('accounts', [
            'shop_id', 'nickname', 'phone', 'email', 'gender', 'birth_date', 'member_level',
            'registered_time', 'registered_offset_minutes', 'address', 'accepts_marketing',
        ]) }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from latest

)

select * from renamed
