{# What every model was last built from, read once in a run of dbt and kept up by _record_model_run:
   the run, the highest batch of its raw tables, the fingerprints of its text and of the macros, the
   last run that built it anew, and the run before this one that built it. #}
{% macro _model_runs() %}
    {% if 'model_runs' not in touched_keys._run_cache() %}
        {% set found = run_query(
            'select model, max(run_number), max_by(batch_id, run_number),'
            ~ ' max_by(fingerprint, run_number), max_by(macros_fingerprint, run_number),'
            ~ ' coalesce(max(case when is_rebuilt then run_number end), -1)'
            ~ ' from operations.model_runs group by model'
        ) %}
        {% set runs = {} %}
        {% for row in found.rows %}
            {% do runs.update({row[0]: {
                'run_number': row[1] | int,
                'batch_id': row[2] | int,
                'fingerprint': row[3],
                'macros_fingerprint': row[4],
                'rebuilt_in': row[5] | int,
                'built_before_in': row[1] | int,
            }}) %}
        {% endfor %}
        {# Whichever thread comes first: what it notes must not get lost. #}
        {% do touched_keys._run_cache().setdefault('model_runs', runs) %}
    {% endif %}
    {% do return(touched_keys._run_cache()['model_runs']) %}
{% endmacro %}


{# The same of one model; none when it was never built. #}
{% macro _last_model_run(name) %}
    {% do return(touched_keys._model_runs().get(name)) %}
{% endmacro %}


{# Whether a model or seed was built anew by a later run. #}
{% macro _was_rebuilt_after(name, since) %}
    {% do return((touched_keys._last_model_run(name) or {}).get('rebuilt_in', -1) > since) %}
{% endmacro %}


{# Notes that a model stands as of this run; publication asks by which key its rows changed. A run
   by hand does not know the macros: what is known of them stays, for the next one that does. #}
{% macro _record_model_run(is_rebuilt) %}
    {% set touched_key = model.config.meta.get('touched_key') %}
    {% set last = touched_keys._last_model_run(this.identifier) or {} %}
    {% set now = {
        'run_number': touched_keys._run_number(),
        'batch_id': touched_keys._highest_batch_id(),
        'fingerprint': touched_keys._model_fingerprint(model),
        'macros_fingerprint':
            env_var('MACROS_FINGERPRINT', '') or last.get('macros_fingerprint') or '',
        'rebuilt_in': touched_keys._run_number() if is_rebuilt else last.get('rebuilt_in', -1),
        'built_before_in': last.get('run_number', -1),
    } %}
    {% do touched_keys._model_runs().update({this.identifier: now}) %}
    insert into operations.model_runs values (
        '{{ this.identifier }}', {{ now.run_number }}, {{ now.batch_id }}, {{ is_rebuilt }},
        '{{ now.fingerprint }}', '{{ now.macros_fingerprint }}',
        {% if touched_key %}'{{ touched_key | replace("'", "''") }}'{% else %}null{% endif %}
    );
{% endmacro %}


{# The highest batch of the raw tables that this model reads; -1 when it reads none. #}
{% macro _highest_batch_id() %}
    {% set highest = [-1] %}
    {% for source_name, table_name in model.sources %}
        {% set found = run_query(
            'select coalesce(max(_batch_id), -1) from ' ~ source(source_name, table_name)
        ) %}
        {% do highest.append(found.columns[0].values()[0] | int) %}
    {% endfor %}
    {% do return(highest | max) %}
{% endmacro %}
