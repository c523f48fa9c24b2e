with

movements as (

    select * from {{ ref('int_money_movements_localized') }}
    where account is not null

),

final as (

    select
        account_day_key,
        min(account_rank) as counted_rank
    from movements
    group by account_day_key

)

select * from final
