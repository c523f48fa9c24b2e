-- Reviews of delivered orders; late parcels and poor products lower the rating.

create or replace table export_reviews as
with
rated as (
    select
        orders.*,
        lines.sku_no,
        skus.name as sku_name,
        skus.sku_id,
        delivered_at > deliver_by_at as is_late,
        later(delivered_at, whole(orders.order_no, 'tries it', 40000, 1300000)) as reviewed_at,
        greatest(1, least(5,
            goodness
            + pick(orders.order_no, 'mood', [1, 1, 1, 1, 0, 0, 0, -1, -2, -3])
            - case when delivered_at > deliver_by_at and chance(orders.order_no, 'minds', 0.7)
                then 1 else 0 end
        )) as rating
    from orders
    inner join lines on orders.order_no = lines.order_no and lines.line_no = 1
    inner join skus using (sku_no)
    where
        delivered_at is not null and fate <> 'refused' and not is_test
        and chance(orders.order_no, 'reviews', case when delivered_at > deliver_by_at
            then 0.25 else 0.16 end)
),
replied as (
    select
        *,
        case
            when chance(order_no, 'reply', case when rating <= 3 then 0.7 else 0.25 end)
                then later(reviewed_at, whole(order_no, 'reply delay', 3600, 260000))
        end as replied_at
    from rated
),
seen as (
    select *, 0 as version, reviewed_at as seen_at from replied
    union all
    select *, 1, replied_at from replied
),
people as (
    select
        seen.*,
        persons.full_name,
        persons.street,
        phone_typed(persons.phone, persons.is_us, order_no) as phone
    from seen
    inner join persons using (person_id)
    where seen_at < getvariable('horizon')
)
select
    'V' || lpad(scramble(order_no)::varchar, 10, '0') as review_id,
    platform,
    shop_id,
    order_id,
    case when chance(order_no, 'of a product', 0.85) then sku_id end as sku_id,
    rating,
    case
        when chance(order_no, 'no words', 0.2) then null
        when is_foreign(platform) then case
            when rating >= 4
                then pick(order_no, 'words',
                    ['Love it, will buy again.', 'Great quality, smells lovely.', 'Nice gift.'])
            else pick(order_no, 'words',
                ['Took forever to arrive.', 'Not what I expected.', 'Box was crushed.',
                'Left at ' || street || ' in the rain. Call ' || phone])
        end
        when is_late and rating <= 3
            then pick(order_no, 'words', ['物流太慢了，等了很久', '东西还行，快递太慢', '说好的时效没做到'])
        when rating <= 2 then pick(order_no, 'words', [
            '用了过敏，不推荐', '包装破损，客服不理人，打我电话' || phone, '和描述不一样，失望', sku_name || '味道刺鼻',
            '送到' || street || '，不是我家', full_name || '，' || phone || '，请联系'
        ])
        when rating = 3 then pick(order_no, 'words', ['一般般', '中规中矩，没有想象中好', '还可以吧'])
        else pick(order_no, 'words', [
            '很好用，已经回购', '包装精美，送人很合适', sku_name || '真不错', '味道好闻' || chr(10) || '会推荐给朋友',
            '质量好，物流快，"五星好评"', '性价比高, 还会再来'
        ])
    end as text,
    written(reviewed_at, platform) as created_at,
    case when version = 1 then written(replied_at, platform) end as replied_at,
    case
        when version = 0 then null
        when is_foreign(platform) then pick(order_no, 'answers', ['Thank you for your feedback!',
            'Thank you, ' || split_part(full_name, ' ', 1) || '!'])
        when rating <= 3 then '非常抱歉给您带来不好的体验，请联系客服为您处理'
        else '感谢您的支持，期待再次光临'
    end as reply_text,
    written(seen_at, platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    order_no * 4 + version as batch_key,
    0::bigint as row_key
from people
union all by name
select
    'V' || lpad(scramble(order_no)::varchar, 10, '0') as review_id, platform, shop_id, order_id,
    written(reviewed_at + interval 9 day, platform) as updated_at, true as is_deleted,
    (reviewed_at + interval 9 day)::date as export_day, order_no * 4 + 2 as batch_key,
    0::bigint as row_key
from replied
where chance(order_no, 'deleted', 0.006) and reviewed_at + interval 9 day < getvariable('horizon');
