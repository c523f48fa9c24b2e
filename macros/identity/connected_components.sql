{# CTEs that label the connected components of a graph: `components` (node, label) has each node
   that any edge touches, and the smallest node of its component.

   edges  a CTE with from_node and to_node (bigint), in any direction and number

   Each round gives every node its first neighbour, follows that twice, and goes on with the
   labels as nodes; what lies inside one label is done. First by an order that has nothing to do
   with the numbers: along a chain in the order of its numbers a round would take three nodes off
   its end, and not two thirds of it. No recursion, and rounds grow with the logarithm of the
   longest chain: eight are enough for one of 10,000. A test sees that no edge is left. #}
{% macro connected_components(edges, rounds=12) %}
    {{ adapter.dispatch('connected_components', 'commerce_warehouse')(edges, rounds) }}
{% endmacro %}


{% macro default__connected_components(edges, rounds) %}
    nodes as (

        select
            node,
            row_number() over (order by md5(cast(node as string)), node) as place
        from (
            select from_node as node
            from {{ edges }}
            where from_node <> to_node
            union
            select to_node as node
            from {{ edges }}
            where from_node <> to_node
        ) as touched

    ),

    placed_edges as (

        select
            from_nodes.place as from_place,
            to_nodes.place as to_place
        from {{ edges }} as edge
        inner join nodes as from_nodes
            on edge.from_node = from_nodes.node
        inner join nodes as to_nodes
            on edge.to_node = to_nodes.node
        where edge.from_node <> edge.to_node

    ),

    edges_0 as (

        select
            from_place as node,
            to_place as neighbour
        from placed_edges
        union
        select
            to_place as node,
            from_place as neighbour
        from placed_edges

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

    -- Distinct in between, or DuckDB may join the labels of both ends first: all that differ.
    moved_{{ round }} as (

        select distinct
            here.label as node,
            edge.neighbour
        from {{ before }} as edge
        inner join jumped_{{ round }} as here
            on edge.node = here.node

    ),

    edges_{{ round }} as (

        select distinct
            moved.node,
            there.label as neighbour
        from moved_{{ round }} as moved
        inner join jumped_{{ round }} as there
            on moved.neighbour = there.node
        where moved.node <> there.label

    ),
    {% endfor %}
    labels as (

        select
            jumped_1.node as place,
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

    ),

    components as (

        select
            nodes.node,
            min(nodes.node) over (partition by labels.label) as label
        from nodes
        inner join labels
            on nodes.place = labels.place

    )
{% endmacro %}
