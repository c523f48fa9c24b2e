with

cases as (

    select 'ann.lee@gmail.com' as email, 'annlee@gmail.com' as expected
    union all
    select ' Ann.Lee+shop@GoogleMail.com ', 'annlee@gmail.com'
    union all
    select 'ann.lee+shop@outlook.com', 'ann.lee@outlook.com'
    union all
    select 'ann.lee+shop@brand.com', 'ann.lee+shop@brand.com'
    union all
    select 'ａｎｎ＠ｂｒａｎｄ．ｃｏｍ', 'ann@brand.com'
    union all
    select '王@例子.中国', '王@例子.中国'
    union all
    select 'guest.one@example.com', 'guest.one@example.com'
    union all
    select '123@qq.com', '123@qq.com'
    union all
    -- A single letter is a name; one over and over is none.
    select 'a@brand.com', 'a@brand.com'
    union all
    select 'aaa@brand.com', null
    union all
    -- Nobody's: masked, relays', no mailbox, what says itself that it is none, no address.
    select 'a***@brand.com', null
    union all
    select 'x9@privaterelay.appleid.com', null
    union all
    select 'x9@marketplace.amazon.co.uk', null
    union all
    select 'x9@members.ebay.com', null
    union all
    select 'none@none.invalid', null
    union all
    select 'NoReply@brand.com', null
    union all
    select 'do-not-reply@brand.com', null
    union all
    select 'none@none.com', null
    union all
    select 'n/a@brand.com', null
    union all
    select 'test@brand.com', null
    union all
    select '+tag@gmail.com', null
    union all
    select 'ann@brand', null
    union all
    select 'ann.brand.com', null
    union all
    select 'ann@brand.com; bob@brand.com', null
    union all
    select 'ann@@brand.com', null
    union all
    select '@brand.com', null
    union all
    select '', null
    union all
    select null, null

),

written as (

    select
        email as written_email,
        expected,
        {{ half_width('email') }} as email
    from cases

),

normalized as (

    select
        written.*,
        {{ normalize_email('written.email') }} as found
    from written
    left join {{ ref('email_domains') }} as email_domains
        on '.' || {{ email_domain('written.email') }} like '%.' || email_domains.email_domain

)

select * from normalized
where found is distinct from expected
