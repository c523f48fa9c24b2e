{# The last line of a build: what stands between the build and its readers. #}
{% macro log_next_step() %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set bad = ['error', 'fail', 'runtime error'] %}
        {% set failed = results | selectattr('status', 'in', bad) | list %}
        {% if failed | length == 0 %}
            {% do log(
                'Built. Readers still see the last publication: `make publish` checks the marts'
                ~ ' and swaps this build in.',
                info=true
            ) %}
        {% else %}
            {% do log(
                'Not publishable: ' ~ failed | length
                ~ ' node(s) failed; readers keep the last publication.',
                info=true
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}
