-- receivers: to whom an order goes. Presents go to strangers, and sometimes to another buyer.

create or replace table receivers as
with
meant as (
    select
        order_no,
        person_id,
        platform,
        chance(order_no, 'present', case persona when 'gift_buyer' then 0.6 else 0.03 end)
            as is_present,
        chance(order_no, 'friend', 0.3) as is_friend,
        1 + whole(order_no, 'which friend', 0, getvariable('person_count') - 1) as friend_id
    from orders
    where platform <> 'offline'
),
paired as (
    select
        meant.*,
        buyers.full_name as buyer_name,
        buyers.phone as buyer_phone,
        buyers.is_us,
        friends.full_name as friend_name,
        friends.phone as friend_phone,
        -- A friend abroad gets nothing: the parcel would cross a border.
        is_present and is_friend and buyers.is_us = friends.is_us as is_for_friend
    from meant
    inner join persons as buyers on meant.person_id = buyers.person_id
    inner join persons as friends on meant.friend_id = friends.person_id
),
met as (
    select
        paired.*,
        case
            when not is_present then buyer_name
            when is_for_friend then friend_name
            when is_us
                then pick(order_no, 'name', ['Sam', 'Alex', 'Jordan', 'Taylor']) || ' '
                    || pick(order_no, 'surname', ['Brown', 'Lee', 'Clark', 'Hall'])
            else
                pick(order_no, 'surname', ['马', '郭', '何', '罗', '梁', '宋', '郑', '谢', '韩', '唐'])
                || pick(order_no, 'name', ['建国', '秀英', '桂兰', '志强', '丽华', '小燕', '海涛', '春梅'])
        end as name,
        case
            when not is_present then buyer_phone
            when is_for_friend then friend_phone
            when is_us
                then '+1 (' || whole(order_no, 'area', 200, 999) || ') 555-0'
                    || whole(order_no, 'line', 100, 199)
            else '143' || lpad((scramble(order_no) % 100000000)::varchar, 8, '0')
        end as phone,
        case when is_for_friend then friend_id else person_id end as home_of,
        case
            when not is_present or is_for_friend then null
            when is_us then whole(order_no, 'house', 12, 9800) || ' Hill Rd'
            else
                pick(order_no, 'road', ['人民路', '解放路', '中山路', '文化路'])
                || whole(order_no, 'house', 1, 300) || '号' || whole(order_no, 'block', 1, 9)
                || '栋' || whole(order_no, 'room', 101, 1804) || '室'
        end as other_street
    from paired
),
housed as (
    select
        met.order_no,
        met.platform,
        met.name,
        met.phone,
        homes.province,
        homes.city,
        homes.district,
        coalesce(met.other_street, homes.street) as street
    from met
    inner join persons as homes on met.home_of = homes.person_id
)
select
    order_no,
    case
        when platform in ('tmall', 'taobao') and chance(order_no, 'masked name', 0.08)
            then left(name, 1) || '**'
        else name
    end as receiver_name,
    case
        when platform = 'amazon' then null
        when platform = 'shopify' then phone
        when platform in ('tmall', 'taobao') and chance(order_no, 'relay', 0.15)
            then '1430000' || lpad((order_no % 10000)::varchar, 4, '0') || '转'
                || whole(order_no, 'extension', 1000, 9999)
        when platform = 'pinduoduo' and chance(order_no, 'masked phone', 0.4)
            then left(phone, 3) || '****' || right(phone, 4)
        when chance(order_no, 'slip', 0.008) then left(phone, 10) || (order_no % 10)
        when chance(order_no, 'country code', 0.05) then '+86 ' || phone
        when chance(order_no, 'spaced', 0.03)
            then phone[1:3] || ' ' || phone[4:7] || ' ' || phone[8:11]
        else phone
    end as receiver_phone,
    province as receiver_province,
    city as receiver_city,
    district as receiver_district,
    case
        when u(order_no, 'address') < 0.03 then replace(street, '号', '號')
        when u(order_no, 'address') < 0.06 then province || city || district || street
        when u(order_no, 'address') < 0.08 then replace(replace(street, '栋', '幢'), '室', '')
        when u(order_no, 'address') < 0.09 then ' ' || replace(street, '号', '号 ')
        when u(order_no, 'address') < 0.095 then street || chr(10) || '（请放快递柜）'
        else street
    end as receiver_address
from housed;
