-- How the scores of customers changed, over the last `rfm_history_months` month-ends. Scores are
-- taken on month-ends only, and hold until the next one.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

purchase_refunds as (

    select * from {{ ref('purchase_refunds') }}

),

rfm_segments as (

    select
        *,
        {{ rfm_cell() }} as rfm_cell
    from {{ ref('rfm_segments') }}

),

recent_months as (

    select
        as_of_date,
        {{ month_series(
            dbt.dateadd('month', -(var('rfm_history_months') | int), 'as_of_date'), 'as_of_date'
        ) }} as month_start_date
    from {{ ref('dim_as_of_date') }}

),

month_ends as (

    select
        last_day(month_start_date) as as_of_date,
        row_number() over (order by month_start_date) as month_number,
        lead(last_day(month_start_date)) over (order by month_start_date) as next_month_end_date
    from recent_months
    where last_day(month_start_date) <= as_of_date
    qualify
        row_number() over (order by month_start_date desc) <= {{ var('rfm_history_months') | int }}

),

scored as (

    {{ rfm_scores_on('month_ends') }}

),

numbered as (

    select
        scored.customer_key,
        scored.rfm_cell,
        scored.as_of_date,
        month_ends.next_month_end_date,
        -- Month-ends in a row share the difference; any that lies between two spells changes it.
        month_ends.month_number - row_number() over (
            partition by scored.customer_key, scored.rfm_cell
            order by month_ends.month_number
        ) as spell_number
    from scored
    inner join month_ends
        on scored.as_of_date = month_ends.as_of_date

),

spells as (

    select
        customer_key,
        rfm_cell,
        min(as_of_date) as valid_from_date,
        -- The latest month-end has no next one: a spell that reaches it is open.
        case
            when count(next_month_end_date) = count(*)
                then cast({{ dbt.dateadd('day', -1, 'max(next_month_end_date)') }} as date)
        end as valid_to_date,
        cast(count(*) as integer) as month_end_count
    from numbered
    group by customer_key, rfm_cell, spell_number

),

-- Labels come last: carried through the windows above they cost more than the scores.
final as (

    select
        spells.customer_key,
        spells.valid_from_date,
        spells.valid_to_date,
        spells.month_end_count,
        rfm_segments.recency_score,
        rfm_segments.frequency_score,
        rfm_segments.monetary_score,
        spells.rfm_cell,
        rfm_segments.segment_code,
        rfm_segments.segment_name,
        rfm_segments.segment_name_zh
    from spells
    left join rfm_segments
        on spells.rfm_cell = rfm_segments.rfm_cell

)

select * from final
