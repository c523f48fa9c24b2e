{# The relation with the changed rows of a model: its columns, as they were and as they are, the
   number of the run, and whether the row came in it or went. #}
{% macro changes_of(name) -%}
    changes.{{ adapter.quote(name) }}
{%- endmacro %}


{# Whether the changed rows of this model are kept: it is incremental, or an incremental model reads
   it, by itself or through a view. #}
{% macro changes_are_asked_for(unique_id) %}
    {% if graph.nodes[unique_id].config.materialized == 'incremental' %}
        {% do return(true) %}
    {% endif %}
    {% if 'readers' not in remembered() %}
        {% set readers = {} %}
        {% for node in graph.nodes.values() if node.resource_type == 'model' %}
            {% for upstream in node.depends_on.nodes %}
                {% do readers.setdefault(upstream, []).append(node) %}
            {% endfor %}
        {% endfor %}
        {% do remembered().update({'readers': readers}) %}
    {% endif %}
    {% for node in remembered()['readers'].get(unique_id, []) %}
        {% if node.config.materialized == 'incremental'
            or (node.config.materialized == 'view' and changes_are_asked_for(node.unique_id)) %}
            {% do return(true) %}
        {% endif %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}


{# Keeps the rows that are not equally often in both queries, each once. Counting all rows together
   is much faster than `except all` both ways. #}
{% macro record_changes(before, after, columns) %}
    insert into {{ changes_of(this.identifier) }} ({{ columns }}, _run_number, _came)
    select {{ columns }}, {{ run_number() }}, sum(_side) > 0
    from (
        select {{ columns }}, -1 as _side from ({{ before }}) as rows_before
        union all
        select {{ columns }}, 1 as _side from ({{ after }}) as rows_after
    ) as both_sides
    group by {{ columns }}
    having sum(_side) <> 0;
{% endmacro %}


{# After a model or seed: notes that it stands, and for a model that is always built anew what that
   changed. What `--empty` built without its rows does not stand. #}
{% macro record_build() %}
    {% if execute and run_number() != -1 %}
        {% set is_rebuilt = false %}
        {% set last = last_model_run(this.identifier) %}
        {% if invocation_args_dict.get('empty') %}
            {% do model_runs().pop(this.identifier, none) %}
            delete from operations.model_runs where model = '{{ this.identifier }}';
        {% elif model.resource_type == 'seed' %}
            {{ record_model_run(
                last is none or last['fingerprint'] != model_fingerprint(model)
            ) }}
        {% elif model.config.materialized == 'view' %}
            {{ create_view_of_changes() }}
        {% elif model.config.materialized == 'incremental' %}
            {% set is_rebuilt = not is_incremental() %}
            {% if is_rebuilt %}
                {{ create_changes() }}
            {% endif %}
            {{ record_model_run(is_rebuilt) }}
        {% elif changes_are_asked_for(model.unique_id) %}
            {% set before = adapter.get_relation(
                this.database, this.schema, this.identifier ~ '__dbt_backup'
            ) %}
            {% set fits = before is not none and last is not none
                and columns_of(before) == columns_of(this) %}
            {% if fits %}
                {{ record_changes(
                    'select * from ' ~ before, 'select * from ' ~ this, columns_of(this)
                ) }}
            {% else %}
                {{ create_changes() }}
            {% endif %}
            {{ record_model_run(not fits) }}
        {% else %}
            {# It may have been incremental: what it noted then says nothing of its rows now. #}
            delete from operations.model_runs where model = '{{ this.identifier }}';
        {% endif %}
    {% endif %}
{% endmacro %}


{% macro columns_of(relation) %}
    {% do return(
        adapter.get_columns_in_relation(relation) | map(attribute='quoted') | join(', ')
    ) %}
{% endmacro %}


{# A model that was built anew has no changes: whoever reads it is built anew too. #}
{% macro create_changes() %}
    create or replace table {{ changes_of(this.identifier) }} as
    select *, cast(null as bigint) as _run_number, cast(null as boolean) as _came
    from {{ this }} where false;
{% endmacro %}


{# The changed rows of a union of sources are the union of theirs. #}
{% macro create_view_of_changes() %}
    {% if this.identifier.startswith('int_') and this.identifier.endswith('_unioned')
        and changes_are_asked_for(model.unique_id) %}
        create or replace view {{ changes_of(this.identifier) }} as
        {{ union_entity(this.identifier[4:-8], of_changes=true) }};
    {% endif %}
{% endmacro %}
