{# What this model was built from last: the run, the highest batch of its raw tables and the text of
   the model. None when it was never built. #}
{% macro last_model_run(name) %}
    {% set found = run_query(
        "select run_number, batch_id, fingerprint, macros_fingerprint from operations.model_runs"
        ~ " where model = '" ~ name ~ "' order by run_number desc limit 1"
    ) %}
    {% if found.rows | length == 0 %}
        {% do return(none) %}
    {% endif %}
    {% do return(found.rows[0]) %}
{% endmacro %}


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


{# Notes that a model stands as of this run; publication asks by which key its rows changed. A run
   by hand does not know the macros: what is known of them stays, for the next one that does. #}
{% macro record_model_run(is_rebuilt) %}
    {% set touched_key = model.config.meta.get('touched_key') %}
    {% set macros = env_var('MACROS_FINGERPRINT', '') %}
    {% if not macros %}
        {% set macros = (last_model_run(this.identifier) or {}).get('macros_fingerprint') or '' %}
    {% endif %}
    insert into operations.model_runs values (
        '{{ this.identifier }}', {{ run_number() }}, {{ highest_batch_id() }}, {{ is_rebuilt }},
        '{{ model_fingerprint(model) }}', '{{ macros }}',
        {% if touched_key %}'{{ touched_key | replace("'", "''") }}'{% else %}null{% endif %}
    );
{% endmacro %}


{# The highest batch of the raw tables that this model reads; -1 when it reads none. #}
{% macro highest_batch_id() %}
    {% set highest = [-1] %}
    {% for source_name, table_name in model.sources %}
        {% set found = run_query(
            'select coalesce(max(_batch_id), -1) from ' ~ source(source_name, table_name)
        ) %}
        {% do highest.append(found.columns[0].values()[0] | int) %}
    {% endfor %}
    {% do return(highest | max) %}
{% endmacro %}
