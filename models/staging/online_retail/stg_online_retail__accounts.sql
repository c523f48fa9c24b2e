with

invoice_lines as (

    select * from {{ ref('stg_online_retail__invoice_lines') }}
    where account_id is not null

),

latest as (

    select * from invoice_lines
    qualify row_number() over (
        partition by account_id
        order by invoiced_time desc, invoice_no desc, line_number desc
    ) = 1

),

renamed as (

    select
        'online_retail' as platform_code,
        account_id,
        country,
        {{ lacks('accounts', [
            'shop_id', 'nickname', 'phone', 'email', 'gender', 'birth_date', 'member_level',
            'registered_time', 'registered_offset_minutes', 'province', 'city', 'address',
            'accepts_marketing',
        ]) }},
        batch_id,
        loaded_at
    from latest

)

select * from renamed
