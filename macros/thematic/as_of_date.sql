{# The join that leaves out what happened after the as-of date. Reads the CTE dim_as_of_date. #}
{% macro until_as_of_date(date) -%}
    inner join dim_as_of_date
        on {{ date }} <= dim_as_of_date.as_of_date
{%- endmacro %}


{# For `touched_by`: the customers to whom a change of the as-of date gives or takes rows of a fact,
   those with a row between the two dates. With one date only, the first or a missing one, all. #}
{% macro customers_between_as_of_dates(fact, date) -%}
    select customer_key from {bridge_account_customer}
    where (select count(*) % 2 = 1 from changed_rows) or account_key in (
        select account_key from {{ '{' ~ fact ~ '}' }}
        where {{ date }} > (select min(as_of_date) from changed_rows)
        and {{ date }} <= (select max(as_of_date) from changed_rows)
    )
{%- endmacro %}
