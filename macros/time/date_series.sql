{# Every day from the first to the last, both included, one row each; no row when either is
   null. Stands in a select list: `select <keys>, {{ date_series('first_date', 'last_date') }}
   as date_day`. #}
{% macro date_series(first_date, last_date) -%}
    {{ adapter.dispatch('date_series', 'commerce_warehouse')(first_date, last_date) }}
{%- endmacro %}

{% macro default__date_series(first_date, last_date) -%}
    cast(unnest(generate_series({{ first_date }}, {{ last_date }}, interval 1 day)) as date)
{%- endmacro %}

{% macro spark__date_series(first_date, last_date) -%}
    explode(
        case
            when {{ first_date }} <= {{ last_date }}
                then sequence({{ first_date }}, {{ last_date }}, interval 1 day)
            else array()
        end
    )
{%- endmacro %}
