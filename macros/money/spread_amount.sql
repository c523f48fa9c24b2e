{# CTEs that spread an order's amount over its lines by the largest remainder, in minor units.

   from_cte  lines with order_key, line_number and the columns below, in whole minor units
   to_cte    the same lines with the column `<share>_units` added (and working columns `<share>_*`)
   amount    the order's amount, the same on each of its lines
   weight    what each line weighs; a line below zero (a return, a discount as a line) takes nothing
   capped    true: no line takes more than its weight, all together no more than the order is worth,
             and what finds no room is spread over none (discounts); false: everything is spread,
             over equal weights when no line weighs anything (freight, tax)
   share     name of what is spread

   Ties: the larger weight, then the smaller line number. #}
{% macro spread_amount(from_cte, to_cte, amount, weight, share, capped) %}
{{ to_cte }}_weighed as (

    select
        *,
        greatest({{ weight }}, 0) as {{ share }}_weight,
        {% if capped -%}
        greatest(sum({{ weight }}) over (partition by order_key), 0) as {{ share }}_room
        {%- else -%}
        sum(greatest({{ weight }}, 0)) over (partition by order_key) as {{ share }}_room
        {%- endif %}
    from {{ from_cte }}

),

{{ to_cte }}_totalled as (

    select
        * {%- if not capped %},
        case when {{ share }}_room = 0 then 1 else {{ share }}_weight end as {{ share }}_share,
        cast(
            case
                when {{ share }}_room = 0 then count(*) over (partition by order_key)
                else {{ share }}_room
            end as {{ type_wide_integer() }}
        ) as {{ share }}_total_weight
        {%- else %},
        {{ share }}_weight as {{ share }}_share,
        cast(
            sum({{ share }}_weight) over (partition by order_key) as {{ type_wide_integer() }}
        ) as {{ share }}_total_weight
        {%- endif %}
    from {{ to_cte }}_weighed

),

{{ to_cte }}_floored as (

    select
        *,
        {{ 'least(' ~ amount ~ ', ' ~ share ~ '_room)' if capped else amount }}
            as {{ share }}_to_spread,
        coalesce(
            {{ integer_divide(
                share ~ '_to_spread * ' ~ share ~ '_share', share ~ '_total_weight'
            ) }},
            0
        ) as {{ share }}_floor,
        {{ share }}_to_spread * {{ share }}_share - {{ share }}_floor * {{ share }}_total_weight
            as {{ share }}_remainder
    from {{ to_cte }}_totalled

),

{{ to_cte }}_ranked as (

    select
        *,
        row_number() over (
            partition by order_key
            order by {{ share }}_remainder desc, {{ share }}_share desc, line_number asc
        ) as {{ share }}_rank,
        {{ share }}_to_spread - sum({{ share }}_floor) over (partition by order_key)
            as {{ share }}_left_over
    from {{ to_cte }}_floored

),

{{ to_cte }} as (

    select
        *,
        {{ share }}_floor
        + case when {{ share }}_rank <= {{ share }}_left_over then 1 else 0 end as {{ share }}_units
    from {{ to_cte }}_ranked

)
{%- endmacro %}
