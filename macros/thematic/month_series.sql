{# The first day of every month from the month of one date to the month of another, both included,
   one row each; no row when either is null. Stands in a select list:
   `select {{ month_series('first_date', 'last_date') }} as month`. #}
{% macro month_series(first_date, last_date) -%}
    {{ adapter.dispatch('month_series', 'commerce_warehouse')(first_date, last_date) }}
{%- endmacro %}

{% macro default__month_series(first_date, last_date) -%}
    cast(
        unnest(
            generate_series(
                date_trunc('month', {{ first_date }}), {{ last_date }}, interval 1 month
            )
        ) as date
    )
{%- endmacro %}

{% macro spark__month_series(first_date, last_date) -%}
    explode(case
        -- A series that runs backwards is an error there, not an empty one.
        when {{ first_date }} <= {{ last_date }}
            then sequence(
                cast(date_trunc('month', {{ first_date }}) as date),
                {{ last_date }},
                interval 1 month
            )
    end)
{%- endmacro %}
