-- Such an address is a dormitory, an office or a pick-up point, from the day on which that is
-- known.

{{ config(materialized='incremental', meta={'touched_key': 'address_key'}) }}

with

receivers as (

    select * from {{ touched_keys.touched_rows(ref('int_order_receivers')) }}
    where address_key is not null and receiver_name_key is not null

),

names as (

    select
        address_key,
        receiver_name_key,
        min(ordered_date) as first_date,
        row_number() over (
            partition by address_key order by min(ordered_date), receiver_name_key
        ) as name_number
    from receivers
    group by address_key, receiver_name_key

),

final as (

    select
        address_key,
        first_date as crowded_date
    from names
    where name_number = {{ var('identity_max_names_at_address') }} + 1

)

select * from final
