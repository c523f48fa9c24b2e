{# Every match of a pattern, replaced. DuckDB replaces only the first unless it is told. #}
{% macro regexp_replace_all(text, pattern, replacement) -%}
    {{ adapter.dispatch('regexp_replace_all')(text, pattern, replacement) }}
{%- endmacro %}

{% macro spark__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro default__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}


{# Whether a pattern occurs anywhere in a text. #}
{% macro regexp_occurs(text, pattern) -%}
    {{ adapter.dispatch('regexp_occurs')(text, pattern) }}
{%- endmacro %}

{% macro spark__regexp_occurs(text, pattern) -%}
    regexp({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro default__regexp_occurs(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}
