with

carriers as (

    select * from {{ ref('carriers') }}

),

shipments as (

    select * from {{ ref('int_shipments_localized') }}
    where carrier_code is not null

),

named as (

    select
        carrier_code,
        min(trim(carrier)) as carrier_name
    from shipments
    group by carrier_code

),

final as (

    select
        coalesce(carriers.carrier_code, named.carrier_code) as carrier_code,
        coalesce(carriers.carrier_name, named.carrier_name) as carrier_name,
        carriers.carrier_name_zh,
        carriers.carrier_code is not null as is_known
    from carriers
    full outer join named
        on carriers.carrier_code = named.carrier_code

)

select * from final
