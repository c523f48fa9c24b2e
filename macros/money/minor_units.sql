{# An amount in whole minor units (cents). `digits`: of the currency. `rounding`: what becomes of
   less than one: `floor` cuts it off, `ceil` makes it one, `round` goes half-up. #}
{% macro to_minor_units(amount, digits, rounding='floor') -%}
    cast(
        {{ rounding }}(
            cast({{ amount }} as decimal(38, 4)) * {{ minor_units_per_major(digits) }}
        )
        as {{ type_wide_integer() }}
    )
{%- endmacro %}


{# Whole minor units back as an amount. Exact: a currency has 0, 2 or 3 digits, an amount four. #}
{% macro from_minor_units(units, digits) -%}
    cast(
        cast({{ units }} as decimal(18, 0))
        * case {{ digits }} when 0 then 1.0000 when 3 then 0.0010 else 0.0100 end
        as decimal(18, 4)
    )
{%- endmacro %}


{# An amount in whole units of its fourth digit, the last that money has here. Exact. #}
{% macro to_money_units(amount) -%}
    cast(cast({{ amount }} as decimal(38, 4)) * 10000 as {{ type_wide_integer() }})
{%- endmacro %}


{# Whole units of the fourth digit back as an amount. Exact. #}
{% macro from_money_units(units) -%}
    cast(cast({{ units }} as decimal(18, 0)) * 0.0001 as decimal(18, 4))
{%- endmacro %}


{% macro minor_units_per_major(digits) -%}
    case {{ digits }} when 0 then 1 when 3 then 1000 else 100 end
{%- endmacro %}
