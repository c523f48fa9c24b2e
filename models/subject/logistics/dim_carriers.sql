with

carriers as (

    select * from {{ ref('int_carriers_listed') }}

),

final as (

    select
        carrier_code,
        carrier_name,
        carrier_name_zh,
        is_known
    from carriers

)

select * from final
