-- A phone to which orders go for more names than a household has is a shop's or a pick-up
-- point's.

{{ config(materialized='incremental', meta={'touched_key': 'phone_key'}) }}

with

receivers as (

    select * from {{ touched_keys.touched_rows(ref('int_guest_receivers')) }}

),

final as (

    select
        phone_key,
        count(distinct receiver_name_key) as name_count
    from receivers
    group by phone_key
    having count(distinct receiver_name_key) <= {{ var('identity_max_names_at_address') }}

)

select * from final
