{# dbt's own question, answered with more: a model is built anew as well when the rows that stand do
   not follow from the same text and settings, when a table or seed that it reads was built anew, or
   when a relation changed for which nothing says what that touches. #}
{% macro should_full_refresh() %}
    {% set asked = config.get('full_refresh') %}
    {% if asked is none %}
        {% set asked = flags.FULL_REFRESH %}
    {% endif %}
    {% if asked or not execute or model.config.get('materialized') != 'incremental' %}
        {% do return(asked) %}
    {% endif %}
    {% set answers = touched_keys._run_cache() %}
    {% set name = 'rebuild ' ~ model.unique_id %}
    {% if name not in answers %}
        {% do answers.update({name: touched_keys._must_be_rebuilt()}) %}
    {% endif %}
    {% do return(answers[name]) %}
{% endmacro %}


{% macro _must_be_rebuilt() %}
    {% if touched_keys._run_number() == -1 %}
        {% do return(true) %}
    {% endif %}
    {% set last = touched_keys._last_model_run(this.identifier) %}
    {% if last is none or last['fingerprint'] != touched_keys._model_fingerprint(model) %}
        {% do return(true) %}
    {% endif %}
    {% set macros_now = env_var('MACROS_FINGERPRINT', '') %}
    {% if macros_now and macros_now != last['macros_fingerprint'] %}
        {% do return(true) %}
    {% endif %}
    {% for name in touched_keys._upstream_tables(model)
        if touched_keys._was_rebuilt_after(name, last['run_number']) %}
        {% do return(true) %}
    {% endfor %}
    {% do return(touched_keys._unmapped_relation_changed(last)) %}
{% endmacro %}


{# Whether something changed of which is not known what it touches: an upstream relation without a
   key, or one whose changed rows were not kept, as by another version of this package. #}
{% macro _unmapped_relation_changed(last) %}
    {% set mapped = touched_keys._upstream_keys(model) %}
    {% set unmapped = [] %}
    {% for unique_id in [model.unique_id] + model.depends_on.nodes
        if not unique_id.startswith('seed.') %}
        {% set node = graph.sources.get(unique_id) or graph.nodes[unique_id] %}
        {% if node.resource_type == 'model'
            and not touched_keys._has_column(node, '_run_number') %}
            {% do return(true) %}
        {% endif %}
        {% if unique_id != model.unique_id and node.name not in mapped %}
            {% do unmapped.append(
                'select 1 from ' ~ touched_keys._changed_rows_since(node.name, last)
                ~ ' as changed_rows'
            ) %}
        {% endif %}
    {% endfor %}
    {% if not unmapped %}
        {% do return(false) %}
    {% endif %}
    {% do return(run_query(unmapped | join(' union all ') ~ ' limit 1').rows | length > 0) %}
{% endmacro %}
