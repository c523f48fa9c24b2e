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
    {% do parts.append(settings_fingerprint()) %}
    {% do return(local_md5(parts | join('|'))) %}
{% endmacro %}


{# All settings that rows can follow from: every variable of the project, as it is in this run, what
   the environment says under its name, variables that only the command line names, the sources, and
   the key of identities. Nobody has to list a new one. Not: the as-of date, which moves by itself;
   its change is touched like everything else (dim_as_of_date). #}
{% macro settings_fingerprint() %}
    {% if 'settings' not in remembered() %}
        {% set moving = ['as_of_date'] %}
        {% set declared = adapter.config.vars.to_dict() %}
        {% set names = declared.keys() | list
            + (declared.get(project_name) or {}).keys() | list
            + (invocation_args_dict.get('vars') or {}).keys() | list %}
        {% set parts = [enabled_sources() | join(','), env_var('IDENTITY_KEY', '')] %}
        {% for name in names | unique | sort if name not in moving + [project_name] %}
            {% do parts.append(
                name ~ '=' ~ tojson(var(name), sort_keys=true) ~ env_var(name | upper, '')
            ) %}
        {% endfor %}
        {% do remembered().update({'settings': local_md5(parts | join('|'))}) %}
    {% endif %}
    {% do return(remembered()['settings']) %}
{% endmacro %}
