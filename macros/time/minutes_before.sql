{# The instant so many minutes earlier. #}
{% macro minutes_before(instant, minutes) -%}
    {{ adapter.dispatch('minutes_before', 'commerce_warehouse')(instant, minutes) }}
{%- endmacro %}

{% macro default__minutes_before(instant, minutes) -%}
    ({{ instant }} - to_minutes(cast({{ minutes }} as integer)))
{%- endmacro %}

{% macro spark__minutes_before(instant, minutes) -%}
    ({{ instant }} - make_interval(0, 0, 0, 0, 0, cast({{ minutes }} as integer), 0))
{%- endmacro %}
