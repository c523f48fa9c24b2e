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

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        layout,
        max(wallet) as wallet,
        max(_source_file) as file_name,
        count(*) as row_count,
        count(case when sending_rank > 1 then 1 end) as replaced_row_count,
        {{ money_total('coalesce(sum(amount), 0)') }} as total_amount,
        {{ money_total('coalesce(sum(case when sending_rank > 1 then amount end), 0)') }}
            as replaced_amount,
        _batch_id as batch_id,
        max(_loaded_at) as loaded_at
    from source
    group by lower(platform), shop_id, layout, _batch_id

)

select * from renamed
