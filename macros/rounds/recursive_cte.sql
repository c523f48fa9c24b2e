{# A recursive CTE: the rows of `first`, and those of `next`, which reads the CTE by its name and
   gets the rows of the round before. Stands in a `with recursive`. #}
{% macro recursive_cte(name, first, next) %}
    {{ adapter.dispatch('recursive_cte', 'commerce_warehouse')(name, first, next) }}
{% endmacro %}


{% macro default__recursive_cte(name, first, next) %}
    {{ name }} as (

        {{ first }}

        union all

        {{ next }}

    )
{% endmacro %}


{# Spark allows no window in a recursion: there each round is a table, made before the model. #}
{% macro spark__recursive_cte(name, first, next) %}
    {{ recursion_mark() }} first of {{ name }}
    {{ first }}
    {{ recursion_mark() }} next
    {{ next }}
    {{ recursion_mark() }} end
    {{ name }} as (select * from {{ round_table(this, name) }})
{% endmacro %}


{% macro recursion_mark() -%}
    -- a table a round,
{%- endmacro %}


{# Makes the tables of the rounds; returns the model's text that reads them. #}
{% macro create_recursion(relation, compiled_code) %}
    {% set before, first, next, after = compiled_code.split(recursion_mark()) %}
    {% set name = first.split()[2] %}
    {% set head = before.rstrip() %}
    {% set rounds = namespace(all=[round_table(relation, name ~ '_0')], left=true) %}
    {% do create_round(rounds.all[0], head.rstrip(',') ~ '\n' ~ first.partition('\n')[2]) %}
    {% for round in range(1, 1000) if rounds.left %}
        {% set before_it = ' ' ~ name ~ ' as (select * from ' ~ rounds.all[-1] ~ ')\n' %}
        {% set table = round_table(relation, name ~ '_' ~ round) %}
        {% do create_round(table, head ~ before_it ~ next.partition('\n')[2]) %}
        {% do rounds.all.append(table) %}
        {% set rounds.left = any_rows(table) %}
    {% endfor %}
    {% if rounds.left %}
        {% do exceptions.raise_compiler_error(relation ~ ': no end after a thousand rounds') %}
    {% endif %}
    {% do create_round(
        round_table(relation, name),
        'select * from ' ~ rounds.all | join(' union all select * from ')
    ) %}
    {% do return(before ~ after.partition('\n')[2]) %}
{% endmacro %}
