{# Which runs of dbt this warehouse has seen, whether each came to its end, and how its nodes came
   out. A run that is killed leaves its start without an end. #}
{% macro _record_run_start() %}
    {% if touched_keys._run_is_noted() %}
        {{ touched_keys._create_ledger() }}
        insert into operations.dbt_invocations
            (invocation_id, command, is_complete, started_at, has_ended, run_number)
        select
            '{{ invocation_id }}', '{{ flags.WHICH }}', {{ touched_keys._is_complete_build() }},
            cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp), false,
            coalesce(max(run_number), 0) + 1
        from operations.dbt_invocations;
    {% endif %}
{% endmacro %}


{# The other half: how every node came out. #}
{% macro _record_run_end(results) %}
    {% if touched_keys._run_is_noted() %}
        {% if results %}
        insert into operations.dbt_results values
            {% for result in results -%}
            (
                '{{ invocation_id }}', '{{ result.node.unique_id }}', '{{ result.status }}',
                {% if result.node.resource_type == 'test' -%}
                '{{ touched_keys._test_fingerprint(result.node) }}'
                {%- else -%}
                null
                {%- endif %}
            )
            {{- ',' if not loop.last }}
            {% endfor %};
        {% endif %}
        update operations.dbt_invocations
        set
            has_ended = true,
            is_complete = is_complete and {{ touched_keys._covers_everything(results) }}
        where invocation_id = '{{ invocation_id }}';
    {% endif %}
{% endmacro %}


{# The ledger's tables, where there are none yet. Columns that came later are added. #}
{% macro _create_ledger() %}
    create schema if not exists operations;
    create table if not exists operations.dbt_invocations (
        invocation_id varchar, command varchar, is_complete boolean, started_at timestamp,
        has_ended boolean
    );
    alter table operations.dbt_invocations add column if not exists run_number bigint;
    create table if not exists operations.dbt_results (
        invocation_id varchar, unique_id varchar, status varchar, fingerprint varchar
    );
    alter table operations.dbt_results add column if not exists fingerprint varchar;
    create table if not exists operations.model_runs (
        model varchar, run_number bigint, batch_id bigint, is_rebuilt boolean,
        fingerprint varchar, macros_fingerprint varchar, touched_key varchar
    );
    alter table operations.model_runs add column if not exists touched_key varchar;
    create table if not exists operations.forgotten_changes (run_number bigint);
    create schema if not exists changed_rows;
{% endmacro %}


{% macro _run_is_noted() %}
    {% do return(
        execute and flags.WHICH in ('build', 'run', 'test', 'seed') and touched_keys._keeps_ledger()
    ) %}
{% endmacro %}
