{# Fails for every row for which the condition is false; null passes. A row invariant reads as a
   sentence: `holds: {condition: paid_amount >= 0}`. #}
{% test holds(model, condition) %}

select *
from {{ model }}
where not ({{ condition }})

{% endtest %}
