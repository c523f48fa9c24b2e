-- Where a list has e-mail addresses, orders name their buyer by them. Neither these nor phones are
-- published: a hash is the account's id.

with

source as (

    {{ latest_delivery(
        source('exports', 'account_rows'), ['platform', 'shop_id', 'account_id']
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        coalesce(
            {{ contact_account_id('email') }}, {{ published_account_id('account_id') }}
        ) as account_id,
        nickname,
        phone,
        email,
        gender,
        birth_date,
        member_level,
        registered_at as registered_time,
        registered_at_offset_minutes as registered_offset_minutes,
        country,
        province,
        city,
        address,
        accepts_marketing,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source
    qualify row_number() over (
        partition by lower(platform), shop_id, coalesce(lower(trim(email)), account_id)
        order by _batch_id desc, _source_row desc
    ) = 1

)

select * from renamed
