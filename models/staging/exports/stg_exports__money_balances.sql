-- A balance less all that moved up to it is what the file began with: the same at each row, from
-- the top down or, where the newest comes first, from the bottom up. The parts of a row share its
-- balance.

with

file_rows as (

    select
        lower(platform) as platform_code,
        shop_id,
        layout,
        coalesce(wallet, '') || chr(31) || coalesce(currency, '') as wallet_account,
        _batch_id as batch_id,
        _source_row as file_row,
        sum(coalesce(amount, 0)) as amount,
        max(balance_after) as balance
    from {{ source('exports', 'money_rows') }}
    group by lower(platform), shop_id, layout, wallet_account, _batch_id, _source_row

),

openings as (

    select
        *,
        balance - sum(amount) over downwards as opening_downwards,
        balance - sum(amount) over upwards as opening_upwards
    from file_rows
    window
        downwards as (
            partition by platform_code, shop_id, layout, batch_id, wallet_account
            order by file_row asc
        ),
        upwards as (
            partition by platform_code, shop_id, layout, batch_id, wallet_account
            order by file_row desc
        )

),

accounts as (

    select
        platform_code,
        shop_id,
        layout,
        batch_id,
        wallet_account,
        sum(amount) as total_amount,
        count(balance) as balance_count,
        min(opening_downwards) = max(opening_downwards) as holds_downwards,
        min(opening_upwards) = max(opening_upwards) as holds_upwards,
        min(opening_downwards) as opening_downwards,
        min(opening_upwards) as opening_upwards
    from openings
    group by platform_code, shop_id, layout, batch_id, wallet_account
    having count(balance) > 0

),

opened as (

    select
        *,
        -- One balance holds both ways and proves nothing: it tells no opening.
        case
            when balance_count > 1 then holds_downwards or holds_upwards
        end as is_proved,
        case
            when balance_count > 1 and holds_downwards then opening_downwards
            when balance_count > 1 and holds_upwards then opening_upwards
        end as opening_amount
    from accounts

),

-- A file of several accounts has no balance of its own.
renamed as (

    select
        platform_code,
        shop_id,
        layout,
        batch_id,
        {{ money('case when count(*) = 1 then max(opening_amount) end') }}
            as opening_balance_amount,
        {{ money('case when count(*) = 1 then max(opening_amount + total_amount) end') }}
            as closing_balance_amount,
        case
            when count(is_proved) > 0 then count(case when not is_proved then 1 end) = 0
        end as is_balance_proved
    from opened
    group by platform_code, shop_id, layout, batch_id

)

select * from renamed
