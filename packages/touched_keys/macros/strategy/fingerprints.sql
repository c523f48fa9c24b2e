{# Of the upstream models and seeds of a node, those whose rows stand in tables: a view is as new as
   what it reads. #}
{% macro _upstream_tables(node) %}
    {% set found = [] %}
    {% for unique_id in node.depends_on.nodes if not unique_id.startswith('source.') %}
        {% set upstream = graph.nodes[unique_id] %}
        {% if upstream.config.materialized == 'view' %}
            {% do found.extend(touched_keys._upstream_tables(upstream)) %}
        {% else %}
            {% do found.append(upstream.name) %}
        {% endif %}
    {% endfor %}
    {% do return(found | unique | list) %}
{% endmacro %}


{# What a model's rows follow from besides its upstream tables: its own text and that of the views
   below it, what its columns may hold, the tables that it reads, and the settings. A seed's
   follow from its text and its columns' types. #}
{% macro _model_fingerprint(node) %}
    {% if node.resource_type == 'seed' %}
        {% do return(local_md5(node.checksum.checksum ~ node.config.column_types)) %}
    {% endif %}
    {% set parts = [node.checksum.checksum] + touched_keys._upstream_tables(node) %}
    {% for column in node.columns.values() %}
        {% do parts.append([column.name, column.data_type, column.constraints] | join(' ')) %}
    {% endfor %}
    {% for unique_id in node.depends_on.nodes if not unique_id.startswith('source.') %}
        {% set upstream = graph.nodes[unique_id] %}
        {% if upstream.config.materialized == 'view' %}
            {% do parts.append(touched_keys._model_fingerprint(upstream)) %}
        {% endif %}
    {% endfor %}
    {% do parts.append(touched_keys._settings_fingerprint()) %}
    {% do return(local_md5(parts | join('|'))) %}
{% endmacro %}


{# All settings that rows can follow from: every variable of the project, as it is in this run, what
   the environment says under its name, variables that only the command line names, and what the
   project adds. Nobody has to list a new one. Not: variables that move by themselves
   (`touched_keys_moving_variables`), whose change has to touch keys like everything else. #}
{% macro _settings_fingerprint() %}
    {% if 'settings' not in touched_keys._run_cache() %}
        {% set left_out = var('touched_keys_moving_variables', []) + [project_name] %}
        {% set declared = adapter.config.vars.to_dict() %}
        {% set names = declared.keys() | list
            + (declared.get(project_name) or {}).keys() | list
            + (invocation_args_dict.get('vars') or {}).keys() | list %}
        {% set parts = adapter.dispatch('other_settings', 'touched_keys')() %}
        {% for name in names | unique | sort if name not in left_out %}
            {% do parts.append(
                name ~ '=' ~ tojson(var(name), sort_keys=true) ~ env_var(name | upper, '')
            ) %}
        {% endfor %}
        {% do touched_keys._run_cache().update({'settings': local_md5(parts | join('|'))}) %}
    {% endif %}
    {% do return(touched_keys._run_cache()['settings']) %}
{% endmacro %}


{# A project's own macro of this name lists further settings, as texts. #}
{% macro default__other_settings() %}
    {% do return([]) %}
{% endmacro %}
