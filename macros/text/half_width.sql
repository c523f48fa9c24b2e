{# Full-width digits, letters and signs, as a Chinese keyboard writes them, in their usual form;
   letters in lower case. #}
{% macro half_width(text) -%}
    {%- set full = '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ'
        ~ 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＋－（）＃＊，．／＠＿　－—–‐' -%}
    {%- set half = '0123456789abcdefghijklmnopqrstuvwxyz'
        ~ 'abcdefghijklmnopqrstuvwxyz+-()#*,./@_ ----' -%}
    translate(lower({{ text }}), '{{ full }}', '{{ half }}')
{%- endmacro %}
