{# A name of money as it is compared: half-width, in lower case, without blanks around it and
   without the number that some platforms write before it (0010002|…) and the unit behind it. #}
{% macro money_name(text) -%}
    trim({{ regexp_replace_all(
        half_width(text), '^[0-9]{5,}[0-9t]*[| ]|[(]元[)]$', ''
    ) }})
{%- endmacro %}
