{# dbt's own question, answered with more: a model is built anew as well when the rows that stand do
   not follow from the same text and settings, when a table or seed that it reads was built anew, or
   when a table changed for which it does not say what that touches. #}
{% macro should_full_refresh() %}
    {% set asked = config.get('full_refresh') %}
    {% if asked is none %}
        {% set asked = flags.FULL_REFRESH %}
    {% endif %}
    {% if asked or not execute or model.config.get('materialized') != 'incremental' %}
        {% do return(asked) %}
    {% endif %}
    {% set name = 'rebuild ' ~ model.unique_id %}
    {% if name not in remembered() %}
        {% do remembered().update({name: must_be_rebuilt()}) %}
    {% endif %}
    {% do return(remembered()[name]) %}
{% endmacro %}


{% macro must_be_rebuilt() %}
    {% if run_number() == -1 %}
        {% do return(true) %}
    {% endif %}
    {% set last = last_model_run(this.identifier) %}
    {% if last is none or last['fingerprint'] != model_fingerprint(model) %}
        {% do return(true) %}
    {% endif %}
    {% set macros_now = env_var('MACROS_FINGERPRINT', '') %}
    {% if macros_now and macros_now != last['macros_fingerprint'] %}
        {% do return(true) %}
    {% endif %}
    {% for name in upstream_tables(model) if was_rebuilt_after(name, last['run_number']) %}
        {% do return(true) %}
    {% endfor %}
    {% set touched_by = what_touches(model) %}
    {% set questions = [] %}
    {% for unique_id in model.depends_on.nodes if unique_id.startswith('model.') %}
        {% set upstream = graph.nodes[unique_id] %}
        {% if upstream.name not in touched_by %}
            {% do questions.append(
                'select 1 from ' ~ changes_of(upstream.name) ~ ' where _run_number > '
                ~ last['run_number']
            ) %}
        {% endif %}
    {% endfor %}
    {% if not questions %}
        {% do return(false) %}
    {% endif %}
    {% do return(run_query(questions | join(' union all ') ~ ' limit 1').rows | length > 0) %}
{% endmacro %}
