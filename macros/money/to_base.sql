{# An amount in the reporting currency, half-up to four digits; null, never 1:1, without a rate. #}
{% macro to_base(amount, rate='base_rate') -%}
    cast(round({{ amount }} * {{ rate }}, 4) as decimal(18, 4))
{%- endmacro %}


{# An amount as money is kept everywhere. #}
{% macro money(amount) -%}
    cast({{ amount }} as decimal(18, 4))
{%- endmacro %}
