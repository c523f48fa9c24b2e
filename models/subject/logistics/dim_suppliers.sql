-- Where two sources name a supplier, the one that landed last describes it.

with

suppliers as (

    select * from {{ ref('int_suppliers_unioned') }}
    qualify row_number() over (
        partition by supplier_id order by batch_id desc, source asc
    ) = 1

),

final as (

    select
        supplier_id,
        supplier_name,
        lead_days
    from suppliers

)

select * from final
