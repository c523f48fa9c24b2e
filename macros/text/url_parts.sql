{# A page or link without what follows `?` or `#`: there stand searches, tokens, and people's data.
   An encoded at sign is written out, so that an address in the path is seen as one. #}
{% macro url_without_query(url) -%}
    nullif(
        trim(replace(split_part(split_part({{ url }}, '?', 1), '#', 1), '%40', '@')), ''
    )
{%- endmacro %}


{# The host of a link in lower case, without a user's name before it or a port behind it. #}
{% macro url_host(url) -%}
    nullif(
        regexp_extract(
            lower(trim({{ url }})), '^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)', 1
        ),
        ''
    )
{%- endmacro %}
