{# A rate from 0 to 1 (or any quotient) as decimal(18, 6), half-up; null when the denominator is
   0 or null. #}
{% macro ratio(numerator, denominator) -%}
    cast(
        round(cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0), 6)
        as decimal(18, 6)
    )
{%- endmacro %}
