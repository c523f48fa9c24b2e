{# The strategy: of the touched keys, those whose rows changed go, and whatever of them came back is
   put in. A row that is gone upstream goes here too, which deleting only what came back would
   leave; what came out the same is not written again. Row numbers hold within one statement only: a
   checkpoint between two, begun by the other thread, may give them to other rows. #}
{% macro replace_touched_keys(arguments) %}
    {% set target = arguments['target_relation'] %}
    {% set built = arguments['temp_relation'] %}
    {% set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') %}
    {% set key = model.config.meta.touched_key %}
    {% set standing %}
        select {{ columns }} from {{ target }}
        where {{ touched_keys._rowid_filter(target, touched_keys.touched()) }}
    {% endset %}
    {% set changed %}
        select {{ key }} from {{ touched_keys.changed_rows_of(this.identifier) }}
        where _run_number = {{ touched_keys._run_number() }}
    {% endset %}
    {{ touched_keys._record_changed_rows(
        standing, 'select ' ~ columns ~ ' from ' ~ built, columns
    ) }}
    delete from {{ target }} where {{ key }} in ({{ changed }});
    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ built }} where {{ key }} in ({{ changed }});
{% endmacro %}
