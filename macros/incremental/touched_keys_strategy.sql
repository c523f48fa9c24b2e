{# The strategy: of the touched keys, those whose rows changed go, and whatever of them came back is
   put in. A row that is gone upstream goes here too, which deleting only what came back would
   leave; what came out the same is not written again. The column of keys is read once, and rows
   are then found by their number. #}
{% macro get_incremental_touched_keys_sql(arguments) %}
    {% set target = arguments['target_relation'] %}
    {% set built = arguments['temp_relation'] %}
    {% set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') %}
    {% set key = model.config.meta.touched_key %}
    {% set standing = 'rows_standing_in_' ~ this.identifier %}
    {% set before %}
        select {{ columns }} from {{ target }}
        where rowid in (select row_number from {{ standing }})
    {% endset %}
    {% set changed %}
        select {{ key }} from {{ changes_of(this.identifier) }}
        where _run_number = {{ run_number() }}
    {% endset %}
    create or replace temporary table {{ standing }} as
    select rowid as row_number, {{ key }} as touched_key from {{ target }} where {{ touched() }};
    {{ record_changes(before, 'select ' ~ columns ~ ' from ' ~ built, columns) }}
    delete from {{ target }} where rowid in (
        select row_number from {{ standing }} where touched_key in ({{ changed }})
    );
    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ built }} where {{ key }} in ({{ changed }});
{% endmacro %}
