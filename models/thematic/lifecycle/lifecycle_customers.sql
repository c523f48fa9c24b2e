-- The stage of each customer on the as-of date.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

current_spells as (

    select * from {{ ref('lifecycle_history') }}
    where valid_to_date is null

),

last_purchases as (

    select
        purchase_occasions.customer_key,
        purchase_occasions.first_purchase_date,
        purchase_occasions.purchase_date as last_purchase_date,
        purchase_occasions.purchase_number as purchase_occasions,
        lifecycle_paces.limit_category
    from {{ ref('purchase_occasions') }} as purchase_occasions
    inner join {{ ref('lifecycle_paces') }} as lifecycle_paces
        on
            purchase_occasions.customer_key = lifecycle_paces.customer_key
            and purchase_occasions.purchase_date = lifecycle_paces.purchase_date
    where purchase_occasions.next_purchase_date is null

),

final as (

    select
        current_spells.customer_key,
        dim_as_of_date.as_of_date,
        current_spells.stage,
        current_spells.previous_stage,
        current_spells.valid_from_date as stage_since_date,
        cast(
            {{ dbt.datediff(
                'current_spells.valid_from_date', 'dim_as_of_date.as_of_date', 'day'
            ) }} as integer
        ) as days_in_stage,
        last_purchases.first_purchase_date,
        last_purchases.last_purchase_date,
        cast(
            {{ dbt.datediff(
                'last_purchases.last_purchase_date', 'dim_as_of_date.as_of_date', 'day'
            ) }} as integer
        ) as days_since_last_purchase,
        last_purchases.purchase_occasions,
        last_purchases.limit_category
    from current_spells
    inner join last_purchases
        on current_spells.customer_key = last_purchases.customer_key
    cross join dim_as_of_date

)

select * from final
