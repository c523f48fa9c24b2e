{# The body of a CTE: a history's customers with what is expected of each in so many days after it,
   by BG/NBD, MBG/NBD and gamma-gamma. Reads the CTEs clv_histories and clv_parameters. Where a model
   was not learned, what follows from it is null. #}
{% macro clv_forecast(history_name, days) -%}
    with

    {% for model, parameters in {
        'bg_nbd': ['r', 'alpha_weeks', 'a', 'b'],
        'mbg_nbd': ['r', 'alpha_weeks', 'a', 'b'],
        'gamma_gamma': ['p', 'q', 'v'],
    }.items() -%}
    {{ model }} as (

        select
            missing_reason,
            {%- for parameter in parameters %}
            cast(parameter_{{ parameter }} as double) as {{ parameter }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from clv_parameters
        where history_name = '{{ history_name }}' and model_name = '{{ model }}'

    ),

    {% endfor -%}
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

        {{ clv_purchase_days('histories', 'bg_nbd') }}

    ),

    expected as (

        select
            histories.*,
            {{ clv_alive_rate('mbg_nbd', 'histories.repeat_days + 1') }} as alive_rate,
            purchases.purchase_days * case
                -- BG/NBD lets nobody leave before the second purchase.
                when histories.repeat_days = 0 then 1
                else {{ clv_alive_rate('bg_nbd', 'histories.repeat_days') }}
            end as purchase_days,
            gamma_gamma.p * (gamma_gamma.v + histories.repeat_revenue)
            / (gamma_gamma.p * histories.valued_repeat_days + gamma_gamma.q - 1) as day_amount,
            coalesce(
                bg_nbd.missing_reason, gamma_gamma.missing_reason, mbg_nbd.missing_reason
            ) as missing_reason
        from histories
        cross join bg_nbd
        cross join mbg_nbd
        cross join gamma_gamma
        left join purchases
            on
                histories.repeat_days = purchases.repeat_days
                and histories.age_days = purchases.age_days

    )

    select
        clv_histories.*,
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


{# The probability that a customer has not left after so many chances to leave, given the silence
   since the last purchase. Reads the CTE histories and that of the model. #}
{% macro clv_alive_rate(model, chances) -%}
    1 / (
        1 + {{ model }}.a / ({{ model }}.b + {{ chances }} - 1) * power(
            ({{ model }}.alpha_weeks + histories.age_weeks)
            / ({{ model }}.alpha_weeks + histories.recency_weeks),
            {{ model }}.r + histories.repeat_days
        )
    )
{%- endmacro %}
