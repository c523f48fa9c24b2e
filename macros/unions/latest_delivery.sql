{# The rows of a raw table that carries no `updated_at`: of each key, the one that was delivered
   last. #}
{% macro latest_delivery(relation, key) %}
    select * from {{ relation }}
    qualify row_number() over (
        partition by {{ key | join(', ') }} order by _batch_id desc, _source_row desc
    ) = 1
{% endmacro %}
