{# The body of a CTE: the score from 1 to 5 of every value that stands in `value` of the relation,
   by `as_of_date`; one row per day and value, so that equal values cannot but share a score. 3 when
   all are equal, 5 for the greatest, else one more than the fifths of the rows that are strictly
   lower. #}
{% macro rfm_score(relation, value) -%}
    with

    counted as (

        select
            as_of_date,
            {{ value }},
            count(*) as customers,
            count(*) over (partition by as_of_date) as distinct_values,
            row_number() over (partition by as_of_date order by {{ value }} desc) as place,
            sum(count(*)) over (partition by as_of_date) as all_customers,
            sum(count(*)) over (
                partition by as_of_date
                order by {{ value }} asc
                rows between unbounded preceding and current row
            ) as customers_up_to
        from {{ relation }}
        group by as_of_date, {{ value }}

    )

    select
        as_of_date,
        {{ value }},
        case
            when distinct_values = 1 then 3
            when place = 1 then 5
            else 1 + cast(floor(5.0 * (customers_up_to - customers) / all_customers) as integer)
        end as score
    from counted
{%- endmacro %}
