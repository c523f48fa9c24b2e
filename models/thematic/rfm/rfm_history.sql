-- How the scores of customers changed, over the last `rfm_history_months` month-ends.
-- Grain: one row per customer_key and spell of equal scores (key: customer_key, valid_from_date).
-- Scores are taken on month-ends only, and hold until the next one.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

purchase_refunds as (

    select * from {{ ref('purchase_refunds') }}

),

rfm_segments as (

    select * from {{ ref('rfm_segments') }}

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

compared as (

    select
        scored.*,
        month_ends.month_number,
        month_ends.next_month_end_date,
        case
            -- A month-end without a score (no purchase inside the window) ends a spell, too.
            when
                lag(month_ends.month_number) over customer = month_ends.month_number - 1
                and lag(scored.rfm_cell) over customer = scored.rfm_cell then 0
            else 1
        end as is_new_spell
    from scored
    inner join month_ends
        on scored.as_of_date = month_ends.as_of_date
    window customer as (partition by scored.customer_key order by month_ends.month_number)

),

spells as (

    select
        *,
        sum(is_new_spell) over (
            partition by customer_key
            order by month_number
            rows between unbounded preceding and current row
        ) as spell_number
    from compared

),

final as (

    select
        customer_key,
        min(as_of_date) as valid_from_date,
        -- The latest month-end has no next one: a spell that reaches it is open.
        case
            when count(next_month_end_date) = count(*)
                then cast({{ dbt.dateadd('day', -1, 'max(next_month_end_date)') }} as date)
        end as valid_to_date,
        cast(count(*) as integer) as month_end_count,
        recency_score,
        frequency_score,
        monetary_score,
        rfm_cell,
        segment_code,
        segment_name,
        segment_name_zh
    from spells
    group by
        customer_key,
        spell_number,
        recency_score,
        frequency_score,
        monetary_score,
        rfm_cell,
        segment_code,
        segment_name,
        segment_name_zh

)

select * from final
