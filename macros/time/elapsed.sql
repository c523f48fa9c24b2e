{# Hours from one instant to another as decimal(12, 2), null when either is; half-up. #}
{% macro hours_between(earlier, later) -%}
    {#- In doubles a half may lie below itself: as a decimal it is one again. -#}
    cast(
        round(cast({{ seconds_between(earlier, later) }} / 3600.0 as decimal(18, 6)), 2)
        as decimal(12, 2)
    )
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


{# Minutes that were computed as a double, as decimal(12, 2). Rounded twice: half a hundredth has no
   exact double, as a decimal it has. #}
{% macro minutes_rounded(minutes) -%}
    cast(round(cast(round({{ minutes }}, 6) as decimal(18, 6)), 2) as decimal(12, 2))
{%- endmacro %}
