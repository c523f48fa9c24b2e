{# What the package touched_keys is switched on by, beside the hooks and the strategy in
   dbt_project.yml: dbt asks the project itself these questions, never a package. #}
{% macro should_full_refresh() %}
    {% do return(touched_keys.should_full_refresh()) %}
{% endmacro %}


{% macro get_incremental_touched_keys_sql(arguments) %}
    {% do return(touched_keys.replace_touched_keys(arguments)) %}
{% endmacro %}


{# Narrows what generic tests look at in a `dbt build` to what may have become wrong since the last
   good one. Without this macro they look at all rows, as in `dbt test`. #}
{% macro get_where_subquery(relation) %}
    {% do return(touched_keys.where_subquery(relation)) %}
{% endmacro %}


{# What the package asks this project. Settings that rows follow from, beside variables: #}
{% macro default__other_settings() %}
    {% do return([enabled_sources() | join(','), env_var('IDENTITY_KEY', '')]) %}
{% endmacro %}


{# The changed rows of a union of sources are the union of theirs. #}
{% macro default__changed_rows_of_view(name) %}
    {% if name.startswith('int_') and name.endswith('_unioned') %}
        {% do return(union_entity(name[4:-8], of_changed_rows=true)) %}
    {% endif %}
{% endmacro %}
