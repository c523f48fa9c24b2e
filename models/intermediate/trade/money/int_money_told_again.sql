-- The files of a better layout cover the days from their first to their last, also those without
-- rows; classes that it never tells stay. What a settlement pays out arrives some days later.

{% set order_arrives_by = 10 %}  -- The longest holidays take eight days.
{% set sum_arrives_by = 3 %}  -- A weekend: a sum names nothing that would find its settlement.
{% set days_without_rows = 3 %}

with

movements as (

    select
        *,
        coalesce(is_arrival, false) as arrives_later,
        case when moved_at is null then coalesce(period_from_date, moved_date) else moved_date end
            as first_date
    from {{ ref('int_money_movements_localized') }}
    where account is not null

),

classified as (

    select * from {{ ref('int_money_movements_classified') }}

),

shared_accounts as (

    select account_key
    from movements
    group by account_key
    having min(account_rank) < max(account_rank)

),

shared as (

    select
        movements.*,
        classified.money_class_code
    from movements
    inner join shared_accounts
        on movements.account_key = shared_accounts.account_key
    inner join classified
        on movements.money_movement_key = classified.money_movement_key

),

covered as (

    select
        account_key,
        account_rank,
        least(min(first_date), min(period_from_date)) as first_date,
        greatest(max(moved_date), max(period_to_date)) as last_date
    from shared
    group by account_key, account_rank, money_file_key

),

told_classes as (

    select distinct
        account_key,
        account_rank,
        money_class_code
    from shared

),

paid_out as (

    select distinct arrived.money_movement_key
    from shared as arrived
    inner join shared as settled
        on
            arrived.account_key = settled.account_key
            and arrived.order_id = settled.order_id
            and arrived.account_rank > settled.account_rank
    where
        arrived.arrives_later
        and {{ dbt.datediff('settled.moved_date', 'arrived.moved_date', 'day') }}
        between -1 and {{ order_arrives_by }}

),

lying_in as (

    select
        shared.money_movement_key,
        min(covered.first_date) as covered_from_date,
        max(covered.last_date) as covered_to_date,
        count(told_classes.money_class_code) > 0 as is_class_told
    from shared
    inner join covered
        on
            shared.account_key = covered.account_key
            and shared.account_rank > covered.account_rank
            and shared.moved_date >= covered.first_date
    left join told_classes
        on
            covered.account_key = told_classes.account_key
            and covered.account_rank = told_classes.account_rank
            and shared.money_class_code = told_classes.money_class_code
    where
        {{ dbt.datediff('covered.last_date', 'shared.first_date', 'day') }}
        <= case when shared.arrives_later then {{ sum_arrives_by }} else 0 end
    group by shared.money_movement_key

),

-- Doubt: the class is never told there, the period is not covered whole, or nothing says that a
-- sum is of a settlement that is there. A known order that no settlement names is of another one.
final as (

    select
        shared.money_movement_key,
        paid_out.money_movement_key is not null
        or lying_in.money_movement_key is not null
        and case
            when shared.arrives_later then shared.order_key is null
            else lying_in.is_class_told or shared.money_class_code = 'unexplained'
        end as is_told_elsewhere,
        case
            when paid_out.money_movement_key is not null or lying_in.money_movement_key is null
                then null
            when shared.arrives_later
                then case
                    when shared.order_key is null and shared.moved_date > lying_in.covered_to_date
                        then 'arrives_later'
                end
            when not lying_in.is_class_told then 'class_not_told'
            when
                {{ dbt.datediff('shared.first_date', 'lying_in.covered_from_date', 'day') }}
                > {{ days_without_rows }}
                or {{ dbt.datediff('lying_in.covered_to_date', 'shared.moved_date', 'day') }}
                > {{ days_without_rows }}
                then 'period_not_covered'
        end as doubt
    from shared
    left join paid_out
        on shared.money_movement_key = paid_out.money_movement_key
    left join lying_in
        on shared.money_movement_key = lying_in.money_movement_key
    where
        paid_out.money_movement_key is not null
        or lying_in.money_movement_key is not null

)

select * from final
