{# Fails for every row for which the expression is false; null passes. A row invariant reads as a
   sentence: `expression_is_true: {expression: paid_amount >= 0}`. #}
{% test expression_is_true(model, expression) %}

select *
from {{ model }}
where not ({{ expression }})

{% endtest %}
