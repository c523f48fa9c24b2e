{# Schemas carry the layer's name alone: staging, subject, thematic, …, in every target. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
