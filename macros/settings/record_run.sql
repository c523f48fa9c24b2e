{# What publication asks before it swaps: which runs of dbt this file has seen, whether each came
   to its end, and how its nodes came out. A run that is killed leaves its start without an end. #}
{% macro record_run_start() %}
    {% if execute and flags.WHICH in ('build', 'run', 'test', 'seed') %}
        create schema if not exists operations;
        create table if not exists operations.dbt_invocations (
            invocation_id varchar, command varchar, is_complete boolean, sources varchar,
            started_at timestamp, has_ended boolean
        );
        alter table operations.dbt_invocations add column if not exists run_number bigint;
        create table if not exists operations.dbt_results (
            invocation_id varchar, unique_id varchar, status varchar, fingerprint varchar
        );
        alter table operations.dbt_results add column if not exists fingerprint varchar;
        insert into operations.dbt_invocations
        select
            '{{ invocation_id }}', '{{ flags.WHICH }}', {{ is_complete_build() }},
            '{{ enabled_sources() | join(",") }}',
            cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp), false,
            coalesce(max(run_number), 0) + 1
        from operations.dbt_invocations;
        create schema if not exists changes;
        {% set lacking = run_query(
            "select table_name from duckdb_tables() where schema_name = 'changes'"
            ~ " and table_name not in (select table_name from duckdb_columns()"
            ~ " where schema_name = 'changes' and column_name = '_came')"
        ) %}
        {% for row in lacking.rows %}
        alter table {{ changes_of(row[0]) }} add column _came boolean;
        {% endfor %}
        create table if not exists operations.model_runs (
            model varchar, run_number bigint, batch_id bigint, is_rebuilt boolean,
            fingerprint varchar, macros_fingerprint varchar, touched_key varchar
        );
        alter table operations.model_runs add column if not exists touched_key varchar;
        create table if not exists operations.forgotten_changes (run_number bigint);
    {% endif %}
{% endmacro %}


{# The other half: how every node came out. #}
{% macro record_run_end() %}
    {% if execute and flags.WHICH in ('build', 'run', 'test', 'seed') %}
        {% if results %}
        insert into operations.dbt_results values
            {% for result in results -%}
            (
                '{{ invocation_id }}', '{{ result.node.unique_id }}', '{{ result.status }}',
                {% if result.node.resource_type == 'test' -%}
                '{{ test_fingerprint(result.node) }}'
                {%- else -%}
                null
                {%- endif %}
            )
            {{- ',' if not loop.last }}
            {% endfor %};
        {% endif %}
        update operations.dbt_invocations
        set has_ended = true, is_complete = is_complete and {{ covers_everything(results) }}
        where invocation_id = '{{ invocation_id }}';
    {% endif %}
{% endmacro %}


{# Whether every model and seed came up: `dbt retry` says that it is the build that it goes on
   with, and runs what that one left. #}
{% macro covers_everything(results) %}
    {% set ran = {} %}
    {% for result in results %}
        {% do ran.update({result.node.unique_id: true}) %}
    {% endfor %}
    {% for node in graph.nodes.values() if node.resource_type in ('model', 'seed') %}
        {% if node.unique_id not in ran and node.config.materialized != 'ephemeral' %}
            {% do return(false) %}
        {% endif %}
    {% endfor %}
    {% do return(true) %}
{% endmacro %}


{# After a build of everything: tables and views of nodes that are no more go. Nothing would build
   them again, and publication would hand them out for ever. #}
{% macro drop_what_is_gone() %}
    {% if execute and is_complete_build() and covers_everything(results) %}
        {% set names = {} %}
        {% for node in graph.nodes.values() if node.resource_type in ('model', 'seed') %}
            {% do names.setdefault(node.schema, []).append(node.alias) %}
        {% endfor %}
        {% set standing = run_query(
            'select table_schema, table_name, table_type from information_schema.tables'
            ~ " where table_catalog = '" ~ target.database ~ "'"
        ) %}
        {% for schema, name, kind in standing.rows if name not in names.get(schema, [name]) %}
            {% set kind = 'view' if kind == 'VIEW' else 'table' %}
            {% set gone = api.Relation.create(
                database=target.database, schema=schema, identifier=name, type=kind
            ) %}
            {% do log('Dropped ' ~ gone ~ ': no model makes it any more.', info=true) %}
            {{ get_drop_sql(gone) }};
        {% endfor %}
    {% endif %}
{% endmacro %}


{# Whether this is a `dbt build` of everything: nothing selected, nothing left out but unit
   tests. #}
{% macro is_complete_build() %}
    {% set arguments = invocation_args_dict %}
    {% set left_out = arguments.get('exclude_resource_types') or [] %}
    {% do return(
        flags.WHICH == 'build'
        and not arguments.get('exclude')
        and not arguments.get('selector')
        and not arguments.get('resource_types')
        and not arguments.get('empty')
        and (arguments.get('select') or []) | list in [[], ['fqn:*']]
        and left_out | list in [[], ['unit_test']]
    ) %}
{% endmacro %}
