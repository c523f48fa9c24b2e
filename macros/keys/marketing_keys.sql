{# Live streams are numbered within a platform's shop, as orders are. #}
{% macro live_session_key(relation) -%}
    {{ surrogate_key([
        relation ~ '.platform_code', relation ~ '.shop_id', relation ~ '.live_session_id',
    ]) }}
{%- endmacro %}


{# Experiments are numbered within the tool that runs them; each of its variants has a key too. #}
{% macro experiment_key(relation) -%}
    {{ surrogate_key([relation ~ '.source', relation ~ '.experiment_id']) }}
{%- endmacro %}


{% macro experiment_variant_key(relation) -%}
    {{ surrogate_key([
        relation ~ '.source', relation ~ '.experiment_id', relation ~ '.variant',
    ]) }}
{%- endmacro %}


{# Partners are numbered within the tool that lists them. #}
{% macro partner_key(relation) -%}
    case
        when {{ relation }}.partner_id is not null
            then {{ surrogate_key([relation ~ '.source', relation ~ '.partner_id']) }}
    end
{%- endmacro %}
