{# What every project with the package has. #}
{% macro should_full_refresh() %}
    {% do return(touched_keys.should_full_refresh()) %}
{% endmacro %}


{% macro get_incremental_touched_keys_sql(arguments) %}
    {% do return(touched_keys.replace_touched_keys(arguments)) %}
{% endmacro %}


{% macro get_where_subquery(relation) %}
    {% do return(touched_keys.where_subquery(relation)) %}
{% endmacro %}
