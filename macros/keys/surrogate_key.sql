{# One key from several columns. The separator cannot occur in text, so ('a', 'bc') and ('ab',
   'c') differ; null and the empty text are the same nothing. #}
{% macro surrogate_key(columns) -%}
    md5(
        {%- for column in columns -%}
            coalesce(cast({{ column }} as string), '')
            {%- if not loop.last %} || chr(31) || {% endif -%}
        {%- endfor -%}
    )
{%- endmacro %}
