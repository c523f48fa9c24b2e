{# The last `dbt build` of everything in which every node came out well; -1 when there was none. #}
{% macro last_good_run_number() %}
    {% if 'last_good_run_number' not in remembered() %}
        {% set found %}
            select coalesce(max(run_number), -1) from operations.dbt_invocations
            where
                is_complete
                and has_ended
                and invocation_id not in (
                    select invocation_id from operations.dbt_results
                    where status in ('error', 'fail', 'runtime error', 'skipped')
                )
        {% endset %}
        {% do remembered().update(
            {'last_good_run_number': run_query(found).columns[0].values()[0] | int}
        ) %}
    {% endif %}
    {% do return(remembered()['last_good_run_number']) %}
{% endmacro %}


{# Whether this test was part of that build, and asked what it asks now. #}
{% macro was_good_then() %}
    {% if 'good_tests' not in remembered() %}
        {% set found = run_query(
            'select unique_id, fingerprint from operations.dbt_results'
            ~ ' inner join operations.dbt_invocations using (invocation_id)'
            ~ ' where fingerprint is not null and run_number = ' ~ last_good_run_number()
        ) %}
        {% set good_tests = {} %}
        {% for row in found.rows %}
            {% do good_tests.update({row[0]: row[1]}) %}
        {% endfor %}
        {% do remembered().update({'good_tests': good_tests}) %}
    {% endif %}
    {% do return(remembered()['good_tests'].get(model.unique_id) == test_fingerprint(model)) %}
{% endmacro %}


{# What a test asks: its text, and the rows that it is limited to. The arguments of a generic test
   are part of its name; the macros' own fingerprint has its text. #}
{% macro test_fingerprint(node) %}
    {% do return(local_md5(node.raw_code ~ ' where ' ~ (node.config.where or ''))) %}
{% endmacro %}
