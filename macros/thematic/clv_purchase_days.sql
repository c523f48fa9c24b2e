{# The body of a CTE: by repeat_days and age_days the purchase days that a model expects of a
   customer who is still there, in the horizon_days that follow. A sum of positive numbers instead
   of the papers' hypergeometric function, which neither engine has.

   Of a customer who never leaves the number of purchases is negative binomial. Purchase n + 1
   happens when there are more than n of them, and the customer stays after each of the first n. A
   day is one purchase: there are no more than days. #}
{% macro clv_purchase_days(histories, model) -%}
    {%- set up_to_n -%}
        over (
            partition by repeat_days, age_days
            order by n rows between unbounded preceding and current row
        )
    {%- endset -%}
    with

    kinds as (

        select distinct
            repeat_days,
            age_days,
            age_weeks,
            horizon_days,
            horizon_days / cast(7 as double) as horizon_weeks
        from {{ histories }}

    ),

    shares as (

        select
            kinds.repeat_days,
            kinds.age_days,
            {{ model }}.r + kinds.repeat_days as shape,
            {{ model }}.b + {{ model }}.first_chances + kinds.repeat_days as stays,
            {{ model }}.a + {{ model }}.b + {{ model }}.first_chances + kinds.repeat_days
                as stays_or_leaves,
            kinds.horizon_weeks
            / ({{ model }}.alpha_weeks + kinds.age_weeks + kinds.horizon_weeks) as share,
            kinds.horizon_days
        from kinds
        cross join {{ model }}
        where {{ model }}.missing_reason is null

    ),

    -- What is more than ten deviations and a long tail above the mean adds nothing.
    limits as (

        select
            *,
            cast(least(horizon_days, ceil(
                shape * share / (1 - share)
                + 10 * sqrt(shape * share) / (1 - share)
                - 25 / ln(share)
            )) as integer) as purchase_limit
        from shares

    ),

    steps as (

        select
            *,
            {{ number_series('purchase_limit') }} as n
        from limits

    ),

    logs as (

        select
            *,
            case
                when n = 0 then shape * ln(1 - share) else ln(share * (shape + n - 1) / n)
            end as purchases_log,
            case
                when n = 0 then 0 else ln((stays + n - 1) / (stays_or_leaves + n - 1))
            end as stays_log
        from steps

    ),

    rates as (

        select
            repeat_days,
            age_days,
            n,
            -- Decimals add up to the same in any order.
            cast(
                round(exp(sum(purchases_log) {{ up_to_n }}), 15) as decimal(18, 15)
            ) as exactly_n_rate,
            exp(sum(stays_log) {{ up_to_n }}) as stays_rate
        from logs

    ),

    next_rates as (

        select
            repeat_days,
            age_days,
            stays_rate
            * (1 - cast(sum(exactly_n_rate) {{ up_to_n }} as double)) as happens_rate
        from rates

    )

    select
        repeat_days,
        age_days,
        cast(sum(cast(round(happens_rate, 12) as decimal(18, 12))) as double) as purchase_days
    from next_rates
    group by repeat_days, age_days
{%- endmacro %}
