-- What a later file tells again is replaced here, and counts there.

with

source as (

    select
        *,
        rank() over (
            partition by lower(platform), shop_id, layout, row_id, part_name
            order by _batch_id desc
        ) as sending_rank
    from {{ source('exports', 'money_rows') }}

),

balances as (

    select * from {{ ref('stg_exports__money_balances') }}

),

totals as (

    select
        lower(platform) as platform_code,
        shop_id,
        layout,
        _batch_id as batch_id,
        max(wallet) as wallet,
        max(_source_file) as file_name,
        max(_loaded_at) as loaded_at,
        count(*) as row_count,
        count(case when sending_rank > 1 then 1 end) as replaced_row_count,
        {{ money_total('coalesce(sum(amount), 0)') }} as total_amount,
        {{ money_total('coalesce(sum(case when sending_rank > 1 then amount end), 0)') }}
            as replaced_amount
    from source
    group by lower(platform), shop_id, layout, _batch_id

),

renamed as (

    select
        totals.platform_code,
        totals.shop_id,
        totals.layout,
        totals.wallet,
        totals.file_name,
        totals.row_count,
        totals.replaced_row_count,
        totals.total_amount,
        totals.replaced_amount,
        balances.opening_balance_amount,
        balances.closing_balance_amount,
        balances.is_balance_proved,
        totals.batch_id,
        totals.loaded_at
    from totals
    left join balances
        on
            totals.platform_code = balances.platform_code
            and totals.shop_id is not distinct from balances.shop_id
            and totals.layout = balances.layout
            and totals.batch_id = balances.batch_id

)

select * from renamed
