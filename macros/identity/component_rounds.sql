{# Spark writes out every CTE wherever it is read, and twelve rounds that read each other never end
   to be planned. There each round is a table of the schema `rounds`, and there are as many as the
   graph needs. #}
{% macro spark__connected_components(edges, rounds) %}
    {{ component_rounds_mark() }} {{ edges }}
    components as (

        select
            node,
            label
        from {{ round_table(this, 'components') }}

    )
{% endmacro %}


{# What stands before it in a model is the query of the edges. #}
{% macro component_rounds_mark() -%}
    -- the rounds are tables, of
{%- endmacro %}


{# The table of components that a model reads, from its compiled text. #}
{% macro create_components(relation, compiled_code) %}
    {% set before, after = compiled_code.split(component_rounds_mark()) %}
    {% set edges = after.split()[0] %}
    {% set named = namespace(before=round_table(relation, 'edges_0'), rounds=0, left=false) %}
    {% set nodes = round_table(relation, 'nodes') %}
    {% do create_round(round_table(relation, 'edges'),
        before.rstrip().rstrip(',') ~ ' select from_node, to_node from ' ~ edges
        ~ ' where from_node <> to_node') %}
    {% do create_round(nodes,
        'select node, row_number() over (order by md5(cast(node as string)), node) as place'
        ~ ' from (select from_node as node from ' ~ round_table(relation, 'edges')
        ~ ' union select to_node as node from ' ~ round_table(relation, 'edges') ~ ')') %}
    {% set placed %}
        select from_nodes.place as node, to_nodes.place as neighbour
        from {{ round_table(relation, 'edges') }} as edge
        inner join {{ nodes }} as from_nodes on edge.from_node = from_nodes.node
        inner join {{ nodes }} as to_nodes on edge.to_node = to_nodes.node
    {% endset %}
    {% do create_round(named.before,
        'with placed as (' ~ placed ~ ') select node, neighbour from placed'
        ~ ' union select neighbour as node, node as neighbour from placed') %}
    {% set named.left = any_rows(named.before) %}
    {# A round takes two thirds off the longest chain: none needs so many. #}
    {% for round in range(1, 64) if named.left %}
        {% set labels = round_table(relation, 'labels_' ~ round) %}
        {% set least = round_table(relation, 'least_' ~ round) %}
        {% do create_round(least,
            'select node, least(node, min(neighbour)) as label from ' ~ named.before
            ~ ' group by node') %}
        {% do create_round(labels,
            'select near.node, far.label from ' ~ least ~ ' as near inner join ' ~ least
            ~ ' as middle on near.label = middle.node inner join ' ~ least
            ~ ' as far on middle.label = far.node') %}
        {% do create_round(round_table(relation, 'edges_' ~ round),
            'select distinct here.label as node, there.label as neighbour from ' ~ named.before
            ~ ' as edge inner join ' ~ labels ~ ' as here on edge.node = here.node inner join '
            ~ labels ~ ' as there on edge.neighbour = there.node where here.label <> there.label'
        ) %}
        {% set named.before = round_table(relation, 'edges_' ~ round) %}
        {% set named.rounds = round %}
        {% set named.left = any_rows(named.before) %}
    {% endfor %}
    {% do create_round(round_table(relation, 'components'), followed_labels(
        relation, nodes, named.rounds)) %}
{% endmacro %}


{# The label of each node: what each round said of the round's before. #}
{% macro followed_labels(relation, nodes, rounds) -%}
    select
        nodes.node,
        min(nodes.node) over (
            partition by coalesce(
                {%- for round in range(rounds, 0, -1) %} labels_{{ round }}.label, {%- endfor %}
                nodes.place
            )
        ) as label
    from {{ nodes }} as nodes
    {%- for round in range(1, rounds + 1) %}
    left join {{ round_table(relation, 'labels_' ~ round) }} as labels_{{ round }}
        on {{ 'nodes.place' if round == 1 else 'labels_' ~ (round - 1) ~ '.label' }}
            = labels_{{ round }}.node
    {%- endfor %}
{%- endmacro %}
