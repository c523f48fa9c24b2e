{# Full-width digits, letters and signs, as a Chinese keyboard writes them, in their usual form;
   letters in lower case. #}
{% macro half_width(text) -%}
    {%- set full = '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ'
        ~ 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＋－（）＃＊，．／＠＿　－—–‐' -%}
    {%- set half = '0123456789abcdefghijklmnopqrstuvwxyz'
        ~ 'abcdefghijklmnopqrstuvwxyz+-()#*,./@_ ----' -%}
    {#- Few texts need it, and translate is slow. -#}
    case
        when {{ regexp_occurs(text, '[！-～　—–‐]') }}
            then translate(lower({{ text }}), '{{ full }}', '{{ half }}')
        else lower({{ text }})
    end
{%- endmacro %}
