{# The UTC instant of a shop's wall clock (`<name>_time`): by its own offset when the source
   wrote one, else by the shop's time zone. #}
{% macro utc_instant(relation, name, time_zone) -%}
    case
        when {{ relation }}.{{ name }}_offset_minutes is not null
            then {{ minutes_before(
                relation ~ '.' ~ name ~ '_time', relation ~ '.' ~ name ~ '_offset_minutes'
            ) }}
        else {{ local_to_utc(relation ~ '.' ~ name ~ '_time', time_zone) }}
    end
{%- endmacro %}


{# Wall clock in a zone → UTC instant, both without a zone in their type. A clock time that comes
   twice, when clocks are set back, is the second; one that clocks leap over counts on from the
   hour before. DuckDB does that by itself, Spark takes the first of the two: it asks whether the
   clock shows the same an hour, or half an hour, later. #}
{% macro local_to_utc(wall_clock, time_zone) -%}
    {{ adapter.dispatch('local_to_utc', 'commerce_warehouse')(wall_clock, time_zone) }}
{%- endmacro %}

{% macro default__local_to_utc(wall_clock, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, {{ wall_clock }}))
{%- endmacro %}

{% macro spark__local_to_utc(wall_clock, time_zone) -%}
    {%- set first = 'to_utc_timestamp(' ~ wall_clock ~ ', ' ~ time_zone ~ ')' -%}
    case
        {%- for minutes in [60, 30] %}
        {%- set later = minutes_before(first, -minutes) %}
        when from_utc_timestamp({{ later }}, {{ time_zone }}) = {{ wall_clock }} then {{ later }}
        {%- endfor %}
        else {{ first }}
    end
{%- endmacro %}


{# The business day of a UTC instant in a zone. #}
{% macro local_date(instant, time_zone) -%}
    cast({{ local_clock(instant, time_zone) }} as date)
{%- endmacro %}


{# What the clocks of a zone show at a UTC instant. #}
{% macro local_clock(instant, time_zone) -%}
    {{ adapter.dispatch('local_clock', 'commerce_warehouse')(instant, time_zone) }}
{%- endmacro %}

{% macro default__local_clock(instant, time_zone) -%}
    timezone({{ time_zone }}, timezone('UTC', {{ instant }}))
{%- endmacro %}

{% macro spark__local_clock(instant, time_zone) -%}
    from_utc_timestamp({{ instant }}, {{ time_zone }})
{%- endmacro %}
