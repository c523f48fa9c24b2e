-- A phone must stand for at least two orders; one is enough for a name with its address unless
-- the parcel may be a present.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'account_key',
        'touched_by': {
            'int_crowded_addresses': 'select account_key from {int_order_receivers}'
                ~ ' where address_key in (select address_key from changed_rows)',
        },
    },
) }}

with

receivers as (

    select * from {{ touched_keys.touched_rows(ref('int_order_receivers')) }}

),

crowded_addresses as (

    select * from {{ ref('int_crowded_addresses') }}

),

-- The account's order number 2k is the one with which k orders are no longer most.
numbered as (

    select
        *,
        row_number() over (
            partition by account_key order by ordered_date, order_key
        ) as order_number,
        count(*) over (
            partition by account_key order by ordered_date
            range between unbounded preceding and current row
        ) as orders_by_day
    from receivers

),

uses as (

    select
        account_key,
        'receiver_phone' as link_reason,
        phone_key as identifier_key,
        cast(null as string) as address_key,
        ordered_date,
        orders_by_day,
        order_key,
        2 as least_orders
    from numbered
    where phone_key is not null
    union all
    select
        account_key,
        'address_and_name' as link_reason,
        receiver_key as identifier_key,
        address_key,
        ordered_date,
        orders_by_day,
        order_key,
        case when may_be_present then 2 else 1 end as least_orders
    from numbered
    where receiver_key is not null

),

-- The last use of a day tells how it ends.
counted as (

    select
        *,
        row_number() over (
            partition by account_key, link_reason, identifier_key
            order by ordered_date, order_key
        ) as use_count,
        min(least_orders) over (
            partition by account_key, link_reason, identifier_key
            order by ordered_date, order_key
            rows between unbounded preceding and current row
        ) as needed_count,
        lead(ordered_date) over (
            partition by account_key, link_reason, identifier_key
            order by ordered_date, order_key
        ) as next_used_date
    from uses

),

holding as (

    select *
    from counted
    where
        use_count >= needed_count
        and 2 * use_count > orders_by_day
        and next_used_date is distinct from ordered_date

),

final as (

    select
        holding.account_key,
        holding.link_reason,
        holding.identifier_key,
        holding.ordered_date as valid_from_date,
        least(
            coalesce(holding.next_used_date, date '9999-12-31'),
            coalesce(numbered.ordered_date, date '9999-12-31'),
            coalesce(crowded_addresses.crowded_date, date '9999-12-31')
        ) as valid_until_date
    from holding
    left join numbered
        on
            holding.account_key = numbered.account_key
            and numbered.order_number = 2 * holding.use_count
    left join crowded_addresses
        on holding.address_key = crowded_addresses.address_key

)

select * from final
where valid_from_date < valid_until_date
