{# What stands for a way to reach a person where a platform gives no other id of the buyer. Null of
   null; however an address is written, it is one. #}
{% macro contact_account_id(contact) -%}
    'contact-' || left({{ keyed_hash('lower(trim(' ~ contact ~ '))') }}, 16)
{%- endmacro %}


{# A platform's id of a buyer as it may be published: an e-mail address or a Chinese mobile number
   is none, and a hash stands for it. #}
{% macro published_account_id(account_id) -%}
    case
        when
            {{ account_id }} like '%@%'
            or {{ regexp_occurs(account_id, '^([+]?86)?1[3-9][0-9]{9}$') }}
            then {{ contact_account_id(account_id) }}
        else {{ account_id }}
    end
{%- endmacro %}
