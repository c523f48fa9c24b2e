{# Fails for every row that has a null in one of the columns: `never_null: {columns: [a, b]}` asks
   in one look what a `not_null` of each column asks in many. #}
{% test never_null(model, columns) %}

select *
from {{ model }}
where {{ columns | join(' is null or ') }} is null

{% endtest %}
