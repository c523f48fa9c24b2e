-- The stages that each customer passed through, up to the as-of date. Spells of a customer touch
-- and never overlap; the last one is open.

-- Who may have come into another stage between two as-of dates, had they not bought again.
{% set stage_began = [] %}
{% for stage in ['new', 'active', 'cooling', 'dormant', 'returned'] %}
{% set first_day = dbt.dateadd('day', stage ~ '_days + 1', 'purchase_date') %}
{% do stage_began.append(first_day ~ ' > from_date and ' ~ first_day ~ ' <= to_date') %}
{% endfor %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'customer_key',
        'touched_by': {
            'dim_as_of_date': 'select customer_key from {lifecycle_paces} cross join ('
                ~ 'select min(as_of_date) as from_date, max(as_of_date) as to_date,'
                ~ ' count(*) as date_count from changed_rows) as as_of_dates'
                ~ ' where date_count = 1 or ' ~ stage_began | join(' or '),
        },
    },
) }}

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

lifecycle_stages as (

    select * from {{ ref('lifecycle_stages') }}

),

purchase_occasions as (

    select * from {{ touched_keys.touched_rows(ref('purchase_occasions')) }}

),

lifecycle_paces as (

    select * from {{ touched_keys.touched_rows(ref('lifecycle_paces')) }}

),

purchases as (

    select
        lifecycle_paces.*,
        purchase_occasions.next_purchase_date,
        case
            when purchase_occasions.purchase_number = 1 then 'new'
            -- Dormant or lost by the limits that held until this purchase.
            when purchase_occasions.days_since_previous > lag(lifecycle_paces.cooling_days) over (
                partition by purchase_occasions.customer_key
                order by purchase_occasions.purchase_date
            ) then 'returned'
            else 'active'
        end as first_stage
    from purchase_occasions
    inner join lifecycle_paces
        on
            purchase_occasions.customer_key = lifecycle_paces.customer_key
            and purchase_occasions.purchase_date = lifecycle_paces.purchase_date

),

bands as (

    select
        purchases.customer_key,
        purchases.purchase_date,
        purchases.next_purchase_date,
        lifecycle_stages.stage,
        -- Days since the purchase; null: the stage does not follow this purchase.
        case
            when lifecycle_stages.stage = purchases.first_stage then 0
            when lifecycle_stages.stage = 'active' and purchases.first_stage = 'new'
                then purchases.new_days + 1
            when lifecycle_stages.stage = 'active' then purchases.returned_days + 1
            when lifecycle_stages.stage = 'cooling' then purchases.active_days + 1
            when lifecycle_stages.stage = 'dormant' then purchases.cooling_days + 1
            when lifecycle_stages.stage = 'lost' then purchases.dormant_days + 1
        end as first_day,
        case lifecycle_stages.stage
            when 'new' then purchases.new_days
            when 'returned' then purchases.returned_days
            when 'active' then purchases.active_days
            when 'cooling' then purchases.cooling_days
            when 'dormant' then purchases.dormant_days
        end as last_day
    from purchases
    cross join lifecycle_stages

),

starts as (

    select
        customer_key,
        stage,
        next_purchase_date,
        cast({{ dbt.dateadd('day', 'first_day', 'purchase_date') }} as date) as valid_from_date
    from bands
    where first_day <= coalesce(last_day, first_day)

),

reached as (

    select
        starts.customer_key,
        starts.stage,
        starts.valid_from_date,
        lag(starts.stage) over (
            partition by starts.customer_key order by starts.valid_from_date
        ) as previous_stage
    from starts
    inner join dim_as_of_date
        on starts.valid_from_date <= dim_as_of_date.as_of_date
    where
        starts.next_purchase_date is null
        or starts.valid_from_date < starts.next_purchase_date

),

final as (

    select
        customer_key,
        stage,
        previous_stage,
        valid_from_date,
        cast(
            {{ dbt.dateadd('day', -1, 'lead(valid_from_date) over customer') }} as date
        ) as valid_to_date
    from reached
    -- Buying again while active begins no new spell.
    where previous_stage is distinct from stage
    window customer as (partition by customer_key order by valid_from_date)

)

select * from final
