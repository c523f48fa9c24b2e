{# Whether runs and changed rows are noted, which updates and deletes rows. An engine that cannot
   builds every model anew, and tests all of its rows. #}
{% macro _keeps_ledger() %}
    {% do return(adapter.dispatch('keeps_ledger', 'touched_keys')()) %}
{% endmacro %}


{% macro default__keeps_ledger() %}
    {% do return(true) %}
{% endmacro %}


{% macro spark__keeps_ledger() %}
    {% do return(false) %}
{% endmacro %}
