{# A hash that only who holds the key can guess values of: the key comes from the environment's
   IDENTITY_KEY. Null of null. The inner hash keeps the outer one from being extended. #}
{% macro keyed_hash(value) -%}
    {%- set key = env_var('IDENTITY_KEY', 'set IDENTITY_KEY') | replace("'", "''") -%}
    md5('{{ key }}' || md5('{{ key }}' || chr(31) || {{ value }}))
{%- endmacro %}
