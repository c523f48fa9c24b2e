{# A rate from 0 to 1 (or any quotient) as decimal(18, 6), half-up; null when the denominator is
   0 or null. #}
{% macro ratio(numerator, denominator) -%}
    cast({{ quotient(numerator, denominator, 6) }} as decimal(18, 6))
{%- endmacro %}


{# A quotient of counts or amounts (of at most four digits) as decimal(28, digits), half-up; null
   when the denominator is 0 or null. By whole numbers: a double beside a half, such as that of
   177.97 / 296, is a little less, and would be rounded down. #}
{% macro quotient(numerator, denominator, digits) -%}
    {%- set above = to_money_units('cast(' ~ numerator ~ ' as decimal(28, 4))') -%}
    {%- set below = to_money_units('cast(' ~ denominator ~ ' as decimal(28, 4))') -%}
    cast(
        cast(
            case when ({{ above }} < 0) = ({{ below }} < 0) then 1 else -1 end
            * {{ integer_divide(
                '2 * abs(' ~ above ~ ') * ' ~ 10 ** digits ~ ' + abs(' ~ below ~ ')',
                '2 * abs(' ~ below ~ ')',
            ) }}
            as decimal(28, 0)
        ) * {{ '0.' ~ '0' * (digits - 1) ~ '1' }}
        as decimal(28, {{ digits }})
    )
{%- endmacro %}
