{# Hours from one instant to another as decimal(12, 2), null when either is; half-up. #}
{% macro hours_between(earlier, later) -%}
    cast(round({{ seconds_between(earlier, later) }} / 3600.0, 2) as decimal(12, 2))
{%- endmacro %}


{# Minutes from one instant to another as decimal(12, 2), null when either is; half-up. #}
{% macro minutes_between(earlier, later) -%}
    {{ minutes_of(seconds_between(earlier, later)) }}
{%- endmacro %}


{# Seconds as minutes, decimal(12, 2); half-up. #}
{% macro minutes_of(seconds) -%}
    cast(round({{ seconds }} / 60.0, 2) as decimal(12, 2))
{%- endmacro %}


{# Whole seconds from one instant to another. #}
{% macro seconds_between(earlier, later) -%}
    {{ dbt.datediff(earlier, later, 'second') }}
{%- endmacro %}
