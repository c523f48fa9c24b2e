-- An order status that the seed does not map stops the build, and the error says which.

{% set unmapped %}
    select source, source_status, count(*) as order_count
    from {{ ref('int_orders_localized') }}
    where order_status is null
    group by source, source_status
    order by source, source_status
{% endset %}

{% if execute %}
    {% set rows = run_query(unmapped).rows %}
    {% if rows | length > 0 %}
        {% set named = [] %}
        {% for row in rows %}
            {% do named.append(row[0] ~ ": '" ~ row[1] ~ "' (" ~ row[2] ~ " orders)") %}
        {% endfor %}
        {% do exceptions.raise_compiler_error(
            'Unknown order status ' ~ named | join(', ')
            ~ '. Add it to seeds/order_statuses.csv with the status it means, then build again.'
        ) %}
    {% endif %}
{% endif %}

{{ unmapped }}
