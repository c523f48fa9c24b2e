{# A province as sources write it (浙江省, 浙江, new york, SP) in the form that int_region_names
   holds. #}
{% macro province_match_name(province) -%}
    upper(
        regexp_replace(
            trim({{ province }}),
            '(维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$',
            ''
        )
    )
{%- endmacro %}
