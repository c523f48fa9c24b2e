{# Every match of a pattern, replaced. DuckDB replaces only the first unless it is told. #}
{% macro regexp_replace_all(text, pattern, replacement) -%}
    {{ adapter.dispatch('regexp_replace_all')(text, pattern, replacement) }}
{%- endmacro %}

{% macro spark__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ java_pattern(pattern) }}', '{{ replacement }}')
{%- endmacro %}

{% macro default__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}


{# Whether a pattern occurs anywhere in a text. #}
{% macro regexp_occurs(text, pattern) -%}
    {{ adapter.dispatch('regexp_occurs')(text, pattern) }}
{%- endmacro %}

{% macro spark__regexp_occurs(text, pattern) -%}
    regexp({{ text }}, '{{ java_pattern(pattern) }}')
{%- endmacro %}

{% macro default__regexp_occurs(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}


{# The same pattern for Java, in Spark's text literal: there a bracket inside a class would open
   another one, and letters with accents have one case only, unless it is told. #}
{% macro java_pattern(pattern) -%}
    {%- set written = namespace(text='', in_class=false) -%}
    {%- for sign in pattern -%}
        {%- if sign == '[' and written.in_class -%}
            {%- set written.text = written.text ~ '\\\\' -%}
        {%- elif sign in '[]' -%}
            {%- set written.in_class = sign == '[' -%}
        {%- endif -%}
        {%- set written.text = written.text ~ sign -%}
    {%- endfor -%}
    {{ written.text | replace('(?i)', '(?iu)') }}
{%- endmacro %}
