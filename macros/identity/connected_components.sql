{# CTEs that label the connected components of a graph: `components` (node, label) has each node
   that any edge touches, and the smallest node of its component.

   edges  a CTE with from_node and to_node (bigint), in any direction and number

   Each round gives every node its smallest neighbour, follows that twice, and goes on with the
   labels as nodes; what lies inside one label is done. No recursion, and rounds grow with the
   logarithm of the longest chain: eight are enough for one of 10,000. A test on the result sees
   that no edge is left. #}
{% macro connected_components(edges, rounds=8) %}
    edges_0 as (

        select
            from_node as node,
            to_node as neighbour
        from {{ edges }}
        where from_node <> to_node
        union
        select
            to_node as node,
            from_node as neighbour
        from {{ edges }}
        where from_node <> to_node

    ),
    {% for round in range(1, rounds + 1) %}
    {% set before = 'edges_' ~ (round - 1) %}
    least_{{ round }} as (

        select
            node,
            least(node, min(neighbour)) as label
        from {{ before }}
        group by node

    ),

    jumped_{{ round }} as (

        select
            near.node,
            far.label
        from least_{{ round }} as near
        inner join least_{{ round }} as middle
            on near.label = middle.node
        inner join least_{{ round }} as far
            on middle.label = far.node

    ),

    edges_{{ round }} as (

        select distinct
            here.label as node,
            there.label as neighbour
        from {{ before }} as edge
        inner join jumped_{{ round }} as here
            on edge.node = here.node
        inner join jumped_{{ round }} as there
            on edge.neighbour = there.node
        where here.label <> there.label

    ),
    {% endfor %}
    components as (

        select
            jumped_1.node,
            coalesce(
                {%- for round in range(rounds, 0, -1) %}
                jumped_{{ round }}.label{{ ',' if not loop.last }}
                {%- endfor %}
            ) as label
        from jumped_1
        {%- for round in range(2, rounds + 1) %}
        left join jumped_{{ round }}
            on jumped_{{ round - 1 }}.label = jumped_{{ round }}.node
        {%- endfor %}

    )
{% endmacro %}
