{# The body of a CTE: a history's customers with what is expected of each in so many days after it.
   Reads the CTEs clv_histories and clv_parameters. Where nothing was learned, what follows from it
   is null. #}
{% macro clv_forecast(history_name, days) -%}
    with

    parameters as (

        select
            model_name,
            missing_reason,
            -- The purchases after which a customer may leave: in MBG/NBD the first is one of them.
            case when model_name = 'mbg_nbd' then 1 else 0 end as first_chances,
            {%- for parameter in ['r', 'alpha_weeks', 'a', 'b', 'p', 'q', 'v'] %}
            cast(parameter_{{ parameter }} as double) as {{ parameter }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from clv_parameters
        where history_name = '{{ history_name }}'

    ),

    mbg_nbd as (

        select * from parameters
        where model_name = 'mbg_nbd'

    ),

    gamma_gamma as (

        select * from parameters
        where model_name = 'gamma_gamma'

    ),

    ranked as (

        select
            *,
            row_number() over (
                order by case when missing_reason is null then 0 else 1 end, model_name
            ) as place
        from parameters
        where model_name in ('bg_nbd', 'mbg_nbd')

    ),

    -- BG/NBD, and MBG/NBD where that was not learned.
    purchase_model as (

        select * from ranked
        where place = 1

    ),

    histories as (

        select
            *,
            age_days / cast(7 as double) as age_weeks,
            recency_days / cast(7 as double) as recency_weeks,
            cast(repeat_revenue_amount as double) as repeat_revenue,
            {{ days }} as horizon_days
        from clv_histories
        where history_name = '{{ history_name }}'

    ),

    purchases as (

        {{ clv_purchase_days('histories', 'purchase_model') }}

    ),

    expected as (

        select
            histories.*,
            -- BG/NBD says 1 for everybody who bought once.
            {{ clv_alive_rate('mbg_nbd') }} as alive_rate,
            purchases.purchase_days * {{ clv_alive_rate('purchase_model') }} as purchase_days,
            case
                when purchase_model.missing_reason is null then purchase_model.model_name
            end as purchase_model_name,
            gamma_gamma.p * (gamma_gamma.v + histories.repeat_revenue)
            / (gamma_gamma.p * histories.valued_repeat_days + gamma_gamma.q - 1) as day_amount,
            coalesce(
                purchase_model.missing_reason,
                mbg_nbd.missing_reason,
                gamma_gamma.missing_reason
            ) as missing_reason
        from histories
        cross join purchase_model
        cross join mbg_nbd
        cross join gamma_gamma
        left join purchases
            on
                histories.repeat_days = purchases.repeat_days
                and histories.age_days = purchases.age_days

    )

    select
        clv_histories.*,
        expected.purchase_model_name,
        cast(round(expected.alive_rate, 6) as decimal(18, 6)) as alive_rate,
        cast(round(expected.purchase_days, 6) as decimal(18, 6)) as expected_purchase_days,
        cast(round(expected.day_amount, 4) as decimal(28, 4)) as expected_day_amount,
        cast(
            round(expected.purchase_days * expected.day_amount, 4) as decimal(28, 4)
        ) as expected_revenue_amount,
        expected.missing_reason
    from expected
    inner join clv_histories
        on
            expected.history_name = clv_histories.history_name
            and expected.customer_key = clv_histories.customer_key
{%- endmacro %}
