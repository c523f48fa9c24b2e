{# A telephone number as digits with its calling code, or null when it names nobody: empty, masked
   (138****1234), encrypted, a relay's (转 1234, -1234), or one digit over and over.
   The text is in half width; `country` is a joined row of calling_codes, for numbers that are
   written without theirs. #}
{% macro normalize_phone(phone, country='calling_codes') -%}
    {%- set written = "trim(replace(" ~ phone ~ ", '(0)', ''))" -%}
    {%- set digits = regexp_replace_all(written, '[^0-9]', '') -%}
    {%- set code = country ~ '.calling_code' -%}
    {%- set trunk = "coalesce(" ~ country ~ ".trunk_prefix, '')" -%}
    {%- set abroad = "regexp_replace(" ~ digits ~ ", '^00', '')" -%}
    {%- set home -%}
        case
            when {{ trunk }} <> '' and left({{ digits }}, length({{ trunk }})) = {{ trunk }}
                then substr({{ digits }}, length({{ trunk }}) + 1)
            else {{ digits }}
        end
    {%- endset -%}
    case
        when {{ regexp_occurs(written, '[^0-9+() ./-]') }} then null
        when left({{ written }}, 1) = '+' or left({{ written }}, 2) = '00'
            then {{ usable_phone(abroad) }}
        when
            left({{ digits }}, length({{ code }})) = {{ code }}
            and length({{ digits }}) >= length({{ code }}) + 10
            then {{ usable_phone(digits) }}
        else {{ usable_phone(code ~ ' || ' ~ home) }}
    end
{%- endmacro %}


{# A number with its calling code, or null when no such number can be. Chinese and North American
   numbers have known shapes, others a length. #}
{% macro usable_phone(number) -%}
    case
        when length(replace({{ number }}, right({{ number }}, 1), '')) < 6 then null
        when left({{ number }}, 2) = '86' and not {{ regexp_occurs(
            number, '^86(1[3-9][0-9]{9}|[2-9][0-9]{8,10}|10[0-9]{8})$'
        ) }} then null
        when left({{ number }}, 1) = '1' and not {{ regexp_occurs(
            number, '^1[2-9][0-9]{9}$'
        ) }} then null
        when length({{ number }}) between 9 and 15 then {{ number }}
    end
{%- endmacro %}
