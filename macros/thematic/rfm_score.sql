{# The score from 1 to 5 of a value: 3 when all rows are equal, 5 for the greatest, else one more
   than the fifths of the rows that are strictly lower. So many are lower when it is greater than
   the value at the end of that fifth, which rfm_limits has looked up. #}
{% macro rfm_score(relation, limits, value) -%}
    case
        when {{ limits }}.least_{{ value }} = {{ limits }}.greatest_{{ value }} then 3
        when {{ relation }}.{{ value }} = {{ limits }}.greatest_{{ value }} then 5
        else 1
            {%- for fifth in [1, 2, 3, 4] %}
            + case
                when {{ relation }}.{{ value }} > {{ limits }}.{{ value }}_of_fifth_{{ fifth }}
                    then 1
                else 0
            end
            {%- endfor %}
    end
{%- endmacro %}


{# The body of a CTE: by `as_of_date` what rfm_score compares values with. #}
{% macro rfm_limits(relation, values) -%}
    select
        as_of_date,
        {%- for value in values %}
        min({{ value }}) as least_{{ value }},
        max({{ value }}) as greatest_{{ value }},
        {%- for fifth in [1, 2, 3, 4] %}
        {{ end_of_fifth(value, fifth) }} as {{ value }}_of_fifth_{{ fifth }}
        {{- ',' if not loop.last }}
        {%- endfor %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    group by as_of_date
{%- endmacro %}


{# Of the values of a group, in ascending order, the last of the first, second, third or fourth
   fifth: that in place ceil(fifth * count / 5). #}
{% macro end_of_fifth(value, fifth) -%}
    {{ adapter.dispatch('end_of_fifth', 'commerce_warehouse')(value, fifth) }}
{%- endmacro %}


{# All four at once: DuckDB then sorts once, not once for each of them. Decimal shares, not doubles,
   so that a fifth ends where it ends. #}
{% macro default__end_of_fifth(value, fifth) -%}
    quantile_disc({{ value }}, [0.2, 0.4, 0.6, 0.8])[{{ fifth }}]
{%- endmacro %}


{% macro spark__end_of_fifth(value, fifth) -%}
    element_at(
        array_sort(collect_list({{ value }})),
        cast({{ integer_divide(fifth ~ ' * count(*) + 4', 5) }} as int)
    )
{%- endmacro %}


{# The three scores as one number of three digits, in the order of its name. #}
{% macro rfm_cell() -%}
    cast(100 * recency_score + 10 * frequency_score + monetary_score as integer)
{%- endmacro %}
