{# A setting as an SQL literal: the project's variable, else the environment's (upper case),
   else null. #}
{% macro text_setting(name) -%}
    {%- set value = var(name, none) or env_var(name | upper, '') -%}
    {%- if value -%} cast('{{ value }}' as string) {%- else -%} cast(null as string) {%- endif -%}
{%- endmacro %}
