{# Fails for every value of the column that more than one row has, and for null: one look at the
   table for what `unique` and `not_null` ask in two. #}
{% test primary_key(model, column_name) %}

select
    {{ column_name }},
    count(*) as row_count
from {{ model }}
group by {{ column_name }}
having count(*) > 1 or {{ column_name }} is null

{% endtest %}
