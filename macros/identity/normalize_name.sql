{# A receiver's name without spaces and case, or null when it names nobody in particular: masked
   (王**), one character, or a surname with a title. The text is in half width. #}
{% macro normalize_name(name) -%}
    {%- set plain = regexp_replace_all(name, '[ .·-]', '') -%}
    case
        when
            length({{ plain }}) >= 2
            and not {{ regexp_occurs(plain, '[*#~$]|^.{1,2}(先生|女士|小姐|太太|同学)$') }}
            then {{ plain }}
    end
{%- endmacro %}
