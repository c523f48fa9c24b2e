{# A SKU in a warehouse, of a relation with both columns: where stock is counted and moves.
   Warehouse null is a place of its own. #}
{% macro stock_position() -%}
    sku_id || ' ' || coalesce(warehouse_id, '')
{%- endmacro %}


{# A SKU in a warehouse on one day. `moment` is a date, or an instant of which the UTC day counts:
   in local time a day can come back, where clocks are set back at midnight. #}
{% macro stock_position_on(moment) -%}
    {{ stock_position() }} || ' ' || {{ stock_day(moment) }}
{%- endmacro %}


{# A day as text that sorts as it does; no day comes first, as no instant does in stock's order. #}
{% macro stock_day(moment) -%}
    coalesce(cast(cast({{ moment }} as date) as string), '')
{%- endmacro %}


{# For `meta.touched_by` of a model that carries something from movement to movement: the days of a
   SKU in a warehouse from the first on that changed. What stands before them is where it starts. #}
{% macro stock_days_from_first_change(relation) -%}
    select {{ stock_position_on('moved_at') }}
    from {{ '{' ~ relation ~ '}' }}
    inner join (
        select
            {{ stock_position() }} as changed_position,
            min({{ stock_day('moved_at') }}) as first_changed_day
        from changed_rows
        group by {{ stock_position() }}
    ) as first_changes
        on
            {{ stock_position() }} = changed_position
            and {{ stock_day('moved_at') }} >= first_changed_day
    union all
    select {{ stock_position_on('moved_at') }} from changed_rows
{%- endmacro %}
