{# Agents are numbered within their service desk. #}
{% macro agent_key(relation) -%}
    case
        when {{ relation }}.agent_id is not null
            then {{ surrogate_key([relation ~ '.source', relation ~ '.agent_id']) }}
    end
{%- endmacro %}


{# Conversations are numbered within their service desk. #}
{% macro ticket_key(relation) -%}
    {{ surrogate_key([relation ~ '.source', relation ~ '.ticket_id']) }}
{%- endmacro %}


{# A line's key is its order's and its number. #}
{% macro order_line_key(relation) -%}
    case
        when {{ relation }}.line_number is not null
            then {{ surrogate_key([relation ~ '.order_key', relation ~ '.line_number']) }}
    end
{%- endmacro %}


{# Messages are numbered within their service desk. #}
{% macro message_key(relation=none) -%}
    {%- set prefix = relation ~ '.' if relation else '' -%}
    {{ surrogate_key([prefix ~ 'source', prefix ~ 'message_id']) }}
{%- endmacro %}
