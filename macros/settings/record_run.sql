{# What publication asks before it swaps: whether the last build of this file went through. Runs
   at the end of every `dbt build` and `dbt run`, failed ones included. #}
{% macro record_run() %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set bad = ['error', 'fail', 'runtime error'] %}
        {% set failed = results | selectattr('status', 'in', bad) | list %}
        create schema if not exists operations;
        create table if not exists operations.dbt_runs (
            invocation_id varchar, command varchar, sources varchar, started_at timestamp,
            node_count bigint, failed_count bigint
        );
        insert into operations.dbt_runs values (
            '{{ invocation_id }}', '{{ flags.WHICH }}', '{{ enabled_sources() | join(",") }}',
            cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp),
            {{ results | length }}, {{ failed | length }}
        );
    {% endif %}
{% endmacro %}
