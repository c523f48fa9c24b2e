-- Of the rules that fit, that of the smallest priority number counts; then the narrowest name, the
-- platform's own rule, an exact text, the longer one. Where none fits, the money is unexplained.

{{ config(materialized='incremental', meta={'touched_key': 'money_movement_key'}) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_localized')) }}

),

names as (

    select * from {{ touched_keys.touched_rows(ref('int_money_names')) }}

),

rules as (

    select
        *,
        {{ money_name('matched_text') }} as money_name
    from {{ ref('money_class_rules') }}

),

distinct_names as (

    select distinct
        statement_platform_code,
        writer_code,
        is_out,
        matched_column,
        money_name
    from names

),

fitting as (

    select
        distinct_names.*,
        rules.money_class_code,
        rules.priority,
        row_number() over (
            partition by
                distinct_names.statement_platform_code, distinct_names.writer_code,
                distinct_names.is_out, distinct_names.matched_column, distinct_names.money_name
            order by
                rules.priority asc,
                case when rules.platform_code = '*' then 1 else 0 end asc,
                case rules.match_kind when 'exact' then 0 when 'prefix' then 1 else 2 end asc,
                length(rules.money_name) desc,
                rules.money_name asc,
                rules.matched_column asc,
                rules.direction asc
        ) as rule_rank
    from distinct_names
    inner join rules
        on
            rules.platform_code
            in (distinct_names.statement_platform_code, distinct_names.writer_code, '*')
            and (
                distinct_names.matched_column = rules.matched_column
                or (
                    rules.matched_column = 'name'
                    and distinct_names.matched_column in (
                        'part_name', 'fee_name', 'movement_type'
                    )
                )
            )
            and rules.direction in (
                'any', case when distinct_names.is_out then 'out' else 'in' end
            )
            -- Where a text begins, or whether it is there at all; exact ones are as long, too.
            and case rules.match_kind
                when 'contains' then instr(distinct_names.money_name, rules.money_name) > 0
                else instr(distinct_names.money_name, rules.money_name) = 1
            end
            and (
                rules.match_kind <> 'exact'
                or length(distinct_names.money_name) = length(rules.money_name)
            )

),

decided as (

    select
        names.money_movement_key,
        fitting.money_class_code
    from names
    inner join fitting
        on
            names.statement_platform_code = fitting.statement_platform_code
            and names.writer_code = fitting.writer_code
            and names.is_out = fitting.is_out
            and names.matched_column = fitting.matched_column
            and names.money_name = fitting.money_name
            and fitting.rule_rank = 1
    qualify row_number() over (
        partition by names.money_movement_key order by fitting.priority asc, names.way_number asc
    ) = 1

),

final as (

    select
        movements.money_movement_key,
        coalesce(decided.money_class_code, 'unexplained') as money_class_code
    from movements
    left join decided
        on movements.money_movement_key = decided.money_movement_key

)

select * from final
