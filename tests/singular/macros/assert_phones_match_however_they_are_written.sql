with

cases as (

    select 'CN' as country_code, '13800001234' as phone, '8613800001234' as expected
    union all
    select 'CN', '138 0000 1234', '8613800001234'
    union all
    select 'CN', '138-0000-1234', '8613800001234'
    union all
    select 'CN', '+86 138 0000 1234', '8613800001234'
    union all
    select 'CN', '8613800001234', '8613800001234'
    union all
    select 'CN', '008613800001234', '8613800001234'
    union all
    select 'CN', '013800001234', '8613800001234'
    union all
    select 'CN', '１３８００００１２３４', '8613800001234'
    union all
    select 'US', '＋86　138　0000　1234', '8613800001234'
    union all
    select 'CN', '0571-8888 6612', '8657188886612'
    union all
    select 'CN', '+86 (0)571 88886612', '8657188886612'
    union all
    select 'CN', '010-62345678', '861062345678'
    union all
    select 'US', '(202) 555-0143', '12025550143'
    union all
    select 'US', '+1 (202) 555-0143', '12025550143'
    union all
    select 'US', '12025550143', '12025550143'
    union all
    select 'US', '202.555.0143', '12025550143'
    union all
    select 'CN', '+1 202 555 0143', '12025550143'
    union all
    select 'GB', '07700 900123', '447700900123'
    union all
    select 'GB', '+44 (0)7700 900123', '447700900123'
    union all
    select 'BR', '(11) 91234-5678', '5511912345678'
    union all
    -- Nobody's: masked, encrypted, a relay's, with letters, too short, one digit over and over.
    select 'CN', '138****1234', null
    union all
    select 'CN', '13800001234转5678', null
    union all
    select 'CN', '13800001234-5678', null
    union all
    select 'CN', '+8613800001234-5678', null
    union all
    select 'CN', '13800001234 ext 12', null
    union all
    select 'CN', '~Ab3+9z/kQ==~1~', null
    union all
    select 'CN', '$138$$vQ7=$', null
    union all
    select 'CN', '1380000123', null
    union all
    select 'CN', '12800001234', null
    union all
    select 'CN', '13800000000', null
    union all
    select 'CN', '15400000000', null
    union all
    select 'US', '000-000-0000', null
    union all
    select 'CN', '', null
    union all
    select 'CN', ' ', null
    union all
    select 'CN', null, null

),

written as (

    select
        cases.expected,
        cases.phone as written_phone,
        {{ half_width('cases.phone') }} as phone,
        calling_codes.calling_code,
        calling_codes.trunk_prefix
    from cases
    left join {{ ref('calling_codes') }} as calling_codes
        on cases.country_code = calling_codes.country_code

),

normalized as (

    select
        *,
        {{ normalize_phone('phone', 'written') }} as found
    from written

)

select * from normalized
where found is distinct from expected
