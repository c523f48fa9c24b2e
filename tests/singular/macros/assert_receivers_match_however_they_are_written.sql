with

streets as (

    select '青云路12号金色家园3栋2单元501室' as street, '青云路12-金色家园3-2-501' as expected
    union all
    select '青云路12號 金色家园3幢2单元501', '青云路12-金色家园3-2-501'
    union all
    select '青云路１２号金色家园３号楼２单元５０１室（请放快递柜）', '青云路12-金色家园3-2-501'
    union all
    select '青云路12-金色家园3-2-501', '青云路12-金色家园3-2-501'
    union all
    select '12 Maple Street, Apartment 3', '12-maple-st-3'
    union all
    select '12  maple st. #3', '12-maple-st-3'
    union all
    select '12 Maple St Apt 3', '12-maple-st-3'
    union all
    select 'Unit 3, 12 North Hill Road', '3-12-n-hill-rd'
    union all
    select '12 Street Street', '12-st-st'
    union all
    -- Nobody's in particular: masked, or without a number.
    select '青云路**号', null
    union all
    select '学生公寓', null
    union all
    select 'Green Road', null
    union all
    select null, null

),

names as (

    select '王 子涵' as receiver_name, '王子涵' as expected
    union all
    select '欧阳·娜娜', '欧阳娜娜'
    union all
    select 'Emma MILLER', 'emmamiller'
    union all
    select '先生王', '先生王'
    union all
    -- Nobody's in particular: masked, one character, a surname with a title.
    select '王**', null
    union all
    select '王', null
    union all
    select '王先生', null
    union all
    select '欧阳女士', null
    union all
    select '~Ab3=~1~', null
    union all
    select '', null
    union all
    select null, null

),

written_streets as (

    select
        street as written,
        {{ half_width('street') }} as street,
        expected
    from streets

),

written_names as (

    select
        receiver_name as written,
        {{ half_width('receiver_name') }} as receiver_name,
        expected
    from names

),

found as (

    select
        written,
        expected,
        {{ normalize_street('street') }} as found
    from written_streets
    union all
    select
        written,
        expected,
        {{ normalize_name('receiver_name') }} as found
    from written_names

)

select * from found
where found is distinct from expected
