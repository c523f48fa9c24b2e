{# An amount in the reporting currency, half-up to four digits; null, never 1:1, without a rate. One
   that does not fit into decimal(18, 4) is not told either: a single one must not stop the rest.
   19 digits times 18 leave room for every amount: two numbers of 18 digits share 18 in DuckDB. #}
{% macro to_base(amount, rate='base_rate') -%}
    try_cast(
        round(cast({{ amount }} as decimal(19, 4)) * {{ rate }}, 4) as decimal(18, 4)
    )
{%- endmacro %}


{# An amount of one currency in another, half-up to four digits, in whole numbers: a double would
   miss a half. The rates say what one unit of each is worth in the same currency; null without
   one. #}
{% macro exchanged(amount, from_rate, to_rate) -%}
    case when {{ amount }} < 0 then -1 else 1 end * {{ from_money_units(
        integer_divide(
            '(2 * abs(' ~ to_money_units(amount) ~ ') * ' ~ rate_units(from_rate)
            ~ ' + ' ~ rate_units(to_rate) ~ ')',
            '(2 * ' ~ rate_units(to_rate) ~ ')',
        )
    ) }}
{%- endmacro %}


{# A rate, decimal(18, 8), in whole units of its last digit. #}
{% macro rate_units(rate) -%}
    cast(cast({{ rate }} as decimal(19, 8)) * 100000000 as {{ type_wide_integer() }})
{%- endmacro %}


{# An amount as money is kept everywhere. #}
{% macro money(amount) -%}
    cast({{ amount }} as decimal(18, 4))
{%- endmacro %}


{# The sum of many orders' or pieces' amounts: each may be as large as money is kept. #}
{% macro money_total(amount) -%}
    cast({{ amount }} as decimal(28, 4))
{%- endmacro %}
