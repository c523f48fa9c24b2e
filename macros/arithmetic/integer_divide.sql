{# Quotient of whole numbers without its fraction; null when the divisor is 0. Both may be sums. #}
{% macro integer_divide(dividend, divisor) -%}
    {{ adapter.dispatch('integer_divide', 'commerce_warehouse')(dividend, divisor) }}
{%- endmacro %}

{% macro default__integer_divide(dividend, divisor) -%}
    (({{ dividend }}) // nullif(({{ divisor }}), 0))
{%- endmacro %}

{% macro spark__integer_divide(dividend, divisor) -%}
    (({{ dividend }}) div nullif(({{ divisor }}), 0))
{%- endmacro %}


{# The widest whole number: products of two amounts in minor units need more than 64 bits. #}
{% macro type_wide_integer() -%}
    {{ adapter.dispatch('type_wide_integer', 'commerce_warehouse')() }}
{%- endmacro %}

{% macro default__type_wide_integer() -%} hugeint {%- endmacro %}

{% macro spark__type_wide_integer() -%} decimal(38, 0) {%- endmacro %}
