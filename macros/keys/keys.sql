{# The keys of the warehouse, each from a relation that has the source's ids under their staging
   names. #}

{% macro shop_key(relation) -%}
    {{ surrogate_key([relation ~ '.platform_code', relation ~ '.shop_id']) }}
{%- endmacro %}


{# Order ids are unique only within a platform's shop. #}
{% macro order_key(relation) -%}
    case
        when {{ relation }}.order_id is not null
            then {{ surrogate_key([
                relation ~ '.platform_code', relation ~ '.shop_id', relation ~ '.order_id',
            ]) }}
    end
{%- endmacro %}


{# Account ids are unique on the whole platform where its shops share accounts, else within a
   shop; ids that placeholder_accounts declares to be nobody's are none. `shops` is the joined
   int_shops_resolved. #}
{% macro account_key(relation, shops='shops') -%}
    case
        when
            {{ relation }}.account_id is not null
            and not {{ is_placeholder_account(relation ~ '.account_id', shops) }}
            then {{ surrogate_key([
                relation ~ '.platform_code',
                'case when not ' ~ shops ~ '.accounts_are_shared then ' ~ relation ~ '.shop_id end',
                relation ~ '.account_id',
            ]) }}
    end
{%- endmacro %}


{# Whether an account id stands for nobody: among the ids of its platform, each between two signs
   that no id holds. #}
{% macro is_placeholder_account(account_id, shops='shops') -%}
    coalesce(
        instr({{ shops }}.placeholder_account_ids, chr(31) || {{ account_id }} || chr(31)) > 0,
        false
    )
{%- endmacro %}


{# SKU codes are the brand's own, the same on every platform. #}
{% macro product_key(relation) -%}
    case
        when {{ relation }}.sku_id is not null
            then {{ surrogate_key([relation ~ '.sku_id']) }}
    end
{%- endmacro %}


{# A file of money is a batch of its source. #}
{% macro money_file_key(relation) -%}
    {{ surrogate_key([relation ~ '.source', relation ~ '.batch_id']) }}
{%- endmacro %}
