{# The last line of a build: what stands between the build and its readers. #}
{% macro log_next_step() %}
    {{ adapter.dispatch('log_next_step', 'commerce_warehouse')() }}
{% endmacro %}


{# What is built there is compared, and not published. #}
{% macro spark__log_next_step() %}
{% endmacro %}


{% macro default__log_next_step() %}
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


{# What the rows of a warning say, for tests that have a column for it (`meta.says`): the first
   ten. Others' rows may hold what no log should. #}
{% macro log_warnings() %}
    {% if execute %}
        {% for result in results if result.status == 'warn' and result.node.config.meta.says %}
            {% set says = result.node.config.meta.says %}
            {% set warned = ' from (' ~ result.node.compiled_code ~ ') as warned' %}
            {% set columns = run_query('select *' ~ warned ~ ' limit 0').column_names %}
            {% if says not in columns %}
                {% do log(
                    'Warning: ' ~ result.node.name ~ " has no column '" ~ says ~ "' for its"
                    ~ ' meta.says; its rows have ' ~ columns | join(', '),
                    info=true
                ) %}
            {% else %}
                {% set rows = run_query('select ' ~ says ~ warned ~ ' order by 1 limit 10') %}
                {% for row in rows %}
                    {% do log('Warning: ' ~ row[0], info=true) %}
                {% endfor %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
