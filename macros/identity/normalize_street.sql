{# The street part of an address, however it is written: remarks in brackets, 號 for 号, 幢 for 栋,
   3栋2单元501室 for 3-2-501, Street for St, Apt for #. Null when it is masked or holds no number:
   such an address is not one household's. The text is in half width, without the place's name. #}
{% macro normalize_street(street) -%}
    {%- set plain = regexp_replace_all(street, '[(][^)]*[)]', ' ') -%}
    {%- set words = regexp_replace_all(plain, '[,.;:#]', ' ') -%}
    {%- set spaced = regexp_replace_all("' ' || " ~ words ~ " || ' '", '[ \t\r\n]+', '  ') -%}
    {%- set short = namespace(text=spaced) -%}
    {%- for long_form, short_form in {
        'street': 'st', 'avenue': 'ave', 'road': 'rd', 'lane': 'ln', 'drive': 'dr',
        'boulevard': 'blvd', 'court': 'ct', 'place': 'pl', 'square': 'sq', 'highway': 'hwy',
        'north': 'n', 'south': 's', 'east': 'e', 'west': 'w',
        'apartment': '', 'apt': '', 'unit': '', 'suite': '', 'ste': '', 'flat': '', 'room': '',
    }.items() -%}
        {%- set short.text -%}
            replace({{ short.text }}, ' {{ long_form }} ', ' {{ short_form }} ')
        {%- endset -%}
    {%- endfor -%}
    {%- set joined = regexp_replace_all(short.text, ' +', '-') -%}
    {%- set simplified -%}
        translate({{ regexp_replace_all(words, '[ \t\r\n]+', '') }}, '號幢棟樓層', '号栋栋楼层')
    {%- endset -%}
    {%- set chinese -%}
        {{ regexp_replace_all(
            simplified, '(号楼|号院|单元|栋|座|号|室|楼|层|-)+', '-'
        ) }}
    {%- endset -%}
    case
        when {{ street }} like '%*%' or not {{ regexp_occurs(street, '[0-9]') }} then null
        when {{ regexp_occurs(street, '[一-龥]') }}
            then {{ regexp_replace_all(chinese, '^-|-$', '') }}
        else {{ regexp_replace_all(joined, '^-|-$', '') }}
    end
{%- endmacro %}
