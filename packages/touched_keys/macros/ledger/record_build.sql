{# After a model or seed: notes that it stands, and for a model that is always built anew what that
   changed. What `--empty` built without its rows does not stand. #}
{% macro record_build() %}
    {% if execute and touched_keys._run_number() != -1 %}
        {% set last = touched_keys._last_model_run(this.identifier) %}
        {% if invocation_args_dict.get('empty') %}
            {% do touched_keys._model_runs().pop(this.identifier, none) %}
            delete from operations.model_runs where model = '{{ this.identifier }}';
        {% elif model.resource_type == 'seed' %}
            {{ touched_keys._record_model_run(
                last is none or last['fingerprint'] != touched_keys._model_fingerprint(model)
            ) }}
        {% elif model.config.materialized == 'view' %}
            {{ touched_keys._create_view_of_changed_rows() }}
        {% elif model.config.materialized == 'incremental' %}
            {% set is_rebuilt = not is_incremental() %}
            {% if is_rebuilt %}
                {{ touched_keys._create_changed_rows() }}
            {% endif %}
            {{ touched_keys._record_model_run(is_rebuilt) }}
        {% elif touched_keys._keeps_changed_rows(model.unique_id) %}
            {{ touched_keys._compare_with_backup(last) }}
        {% else %}
            {# It may have been incremental: what it noted then says nothing of its rows now. #}
            delete from operations.model_runs where model = '{{ this.identifier }}';
        {% endif %}
    {% endif %}
{% endmacro %}


{# What building a table anew changed: dbt drops the one that stood before when it commits. #}
{% macro _compare_with_backup(last) %}
    {% set before = adapter.get_relation(
        this.database, this.schema, this.identifier ~ '__dbt_backup'
    ) %}
    {% set columns = touched_keys._columns_of(this) %}
    {% set fits = before is not none and last is not none
        and touched_keys._has_column(model, '_run_number')
        and touched_keys._columns_of(before) == columns %}
    {% if fits %}
        {{ touched_keys._record_changed_rows(
            'select * from ' ~ before, 'select * from ' ~ this, columns
        ) }}
    {% else %}
        {{ touched_keys._create_changed_rows() }}
    {% endif %}
    {{ touched_keys._record_model_run(not fits) }}
{% endmacro %}


{% macro _columns_of(relation) %}
    {% do return(
        adapter.get_columns_in_relation(relation) | map(attribute='quoted') | join(', ')
    ) %}
{% endmacro %}


{# Rows of a view change with those of the tables below it: how, only its project can say. #}
{% macro _create_view_of_changed_rows() %}
    {% if touched_keys._keeps_changed_rows(model.unique_id) %}
        {% set of_view = adapter.dispatch('changed_rows_of_view', 'touched_keys') %}
        {% set changed_rows = of_view(this.identifier) %}
        {% if changed_rows %}
            create or replace view {{ touched_keys.changed_rows_of(this.identifier) }} as
            {{ changed_rows }};
        {% endif %}
    {% endif %}
{% endmacro %}


{# A project's own macro of this name gives the query of a view's changed rows. Of a view without
   one nothing is known, and an incremental model that reads it is built anew in every run. #}
{% macro default__changed_rows_of_view(name) %}
    {% do return(none) %}
{% endmacro %}
