with

live_sessions as (

    select * from {{ ref('int_live_sessions_localized') }}

),

live_orders as (

    select * from {{ ref('int_live_orders_with_commission') }}
    where not is_test

),

mentions as (

    select
        live_session_key,
        source,
        platform_code,
        shop_key,
        live_session_id,
        true as is_listed
    from live_sessions
    union all
    select
        live_session_key,
        source,
        platform_code,
        shop_key,
        live_session_id,
        false as is_listed
    from live_orders

),

-- A list says more of a stream than the orders that name it.
final as (

    select * from mentions
    qualify row_number() over (
        partition by live_session_key order by is_listed desc, source asc
    ) = 1

)

select * from final
