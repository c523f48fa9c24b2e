{# Whether this test was part of the last good build, and asked what it asks now. #}
{% macro _passed_in_last_good_build() %}
    {% if not touched_keys._keeps_ledger() %}
        {% do return(false) %}
    {% endif %}
    {% if 'good_tests' not in touched_keys._run_cache() %}
        {% set found = run_query(
            'select unique_id, fingerprint from operations.dbt_results'
            ~ ' inner join operations.dbt_invocations using (invocation_id)'
            ~ ' where fingerprint is not null and run_number = '
            ~ touched_keys._last_good_run_number()
        ) %}
        {% set good_tests = {} %}
        {% for row in found.rows %}
            {% do good_tests.update({row[0]: row[1]}) %}
        {% endfor %}
        {% do touched_keys._run_cache().update({'good_tests': good_tests}) %}
    {% endif %}
    {% set good_tests = touched_keys._run_cache()['good_tests'] %}
    {% do return(good_tests.get(model.unique_id) == touched_keys._test_fingerprint(model)) %}
{% endmacro %}


{# What a test asks: its text, and the rows that it is limited to. The arguments of a generic test
   are part of its name; the macros' own fingerprint has its text. #}
{% macro _test_fingerprint(node) %}
    {% do return(local_md5(node.raw_code ~ ' where ' ~ (node.config.where or ''))) %}
{% endmacro %}


{# Whether all that changed in a model since the last good build was changed by this run: only then
   its changed rows are its rows' difference. A row that came and went again between would be
   judged. #}
{% macro _changed_only_in_this_run(name) %}
    {% set since = touched_keys._last_good_run_number() %}
    {% set last = touched_keys._last_model_run(name) %}
    {% do return(
        since != -1 and last is not none and last['rebuilt_in'] <= since
        and last['built_before_in'] <= since
    ) %}
{% endmacro %}
