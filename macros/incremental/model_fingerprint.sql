{# Of the upstream models and seeds of a node, those whose rows stand in tables: a view is as new as
   what it reads. #}
{% macro upstream_tables(node) %}
    {% set found = [] %}
    {% for unique_id in node.depends_on.nodes if not unique_id.startswith('source.') %}
        {% set upstream = graph.nodes[unique_id] %}
        {% if upstream.config.materialized == 'view' %}
            {% do found.extend(upstream_tables(upstream)) %}
        {% else %}
            {% do found.append(upstream.name) %}
        {% endif %}
    {% endfor %}
    {% do return(found | unique | list) %}
{% endmacro %}


{# What a model's rows follow from besides its upstream tables: its own text and that of the views
   below it, what its columns may hold, the tables that it reads, and the settings. A seed's
   follow from its text and its columns' types. #}
{% macro model_fingerprint(node) %}
    {% if node.resource_type == 'seed' %}
        {% do return(local_md5(node.checksum.checksum ~ node.config.column_types)) %}
    {% endif %}
    {% set parts = [node.checksum.checksum] + upstream_tables(node) %}
    {% for column in node.columns.values() %}
        {% do parts.append([column.name, column.data_type, column.constraints] | join(' ')) %}
    {% endfor %}
    {% for unique_id in node.depends_on.nodes if not unique_id.startswith('source.') %}
        {% set upstream = graph.nodes[unique_id] %}
        {% if upstream.config.materialized == 'view' %}
            {% do parts.append(model_fingerprint(upstream)) %}
        {% endif %}
    {% endfor %}
    {% for setting in [
        'default_time_zone', 'default_currency', 'home_country', 'lost_parcel_days',
        'outreach_window_days', 'identity_max_accounts_per_identifier',
        'identity_max_names_at_address', 'identity_history_max_accounts',
    ] %}
        {% do parts.append(var(setting) | string) %}
    {% endfor %}
    {% do parts.append(env_var('IDENTITY_KEY', '')) %}
    {% do return(local_md5(parts | join('|'))) %}
{% endmacro %}
