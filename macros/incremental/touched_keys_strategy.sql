{# The strategy: of the touched keys, those whose rows changed go, and whatever of them came back is
   put in. A row that is gone upstream goes here too, which deleting only what came back would
   leave; what came out the same is not written again. Row numbers hold within one statement only: a
   checkpoint between two, begun by the other thread, may give them to other rows. #}
{% macro get_incremental_touched_keys_sql(arguments) %}
    {% set target = arguments['target_relation'] %}
    {% set built = arguments['temp_relation'] %}
    {% set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') %}
    {% set key = model.config.meta.touched_key %}
    {% set standing %}
        select {{ columns }} from {{ target }}
        where {{ found_first(target, touched()) }}
    {% endset %}
    {% set changed %}
        select {{ key }} from {{ changes_of(this.identifier) }}
        where _run_number = {{ run_number() }}
    {% endset %}
    {{ for_scattered_rows(
        record_changes(standing, 'select ' ~ columns ~ ' from ' ~ built, columns)
    ) }}
    delete from {{ target }} where {{ key }} in ({{ changed }});
    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ built }} where {{ key }} in ({{ changed }});
{% endmacro %}
