{# Minutes since midnight of a wall clock written as HH:MM; 24:00 is the end of the day. #}
{% macro minutes_of_clock(clock) -%}
    (
        cast(split_part({{ clock }}, ':', 1) as integer) * 60
        + cast(split_part({{ clock }}, ':', 2) as integer)
    )
{%- endmacro %}


{# Monday is 1 on every engine: counted from a day that is known to be one. #}
{% macro weekday_number(day) -%}
    (1 + ({{ dbt.datediff("cast('1900-01-01' as date)", day, 'day') }} % 7))
{%- endmacro %}
