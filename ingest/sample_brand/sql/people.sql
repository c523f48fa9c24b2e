-- persons: as many as the orders asked for need.

create or replace table persons as
with
-- Of some neighbouring numbers two live together.
people as (
    select
        *,
        case
            when chance(person_id - person_id % 2, 'household', 0.1) then person_id - person_id % 2
            else person_id
        end as home_no
    from person_rows(1, getvariable('person_count'))
),
placed as (
    select
        people.*,
        city_draws.city_no
    from people
    inner join (select distinct is_us, buckets from city_draws) as sizes
        on people.is_us = sizes.is_us
    inner join city_draws
        on people.is_us = city_draws.is_us
        and whole(people.home_no, 'city', 0, sizes.buckets - 1) = city_draws.bucket
),
homes as (
    select
        placed.* exclude (city_no),
        case
            when chance(person_id, 'dormitory', 0.03) and not is_us
                then whole(person_id, 'hall', 1, 12)
        end as hall_no,
        city_no
    from placed
)
select
    homes.*,
    cities.province,
    cities.city,
    pick(home_no, 'district', cities.districts) as district,
    cities.warehouse_id,
    cities.zone,
    cities.tax_bp,
    case
        when homes.is_us then
            pick(person_id, 'first name',
                ['Emma', 'Olivia', 'Noah', 'Liam', 'Mia', 'Ava', 'Lucas', 'Grace'])
            || ' ' || pick(person_id, 'last name',
                ['Miller', 'Chen', 'Davis', 'Garcia', 'Wilson', 'Li', 'Moore'])
        else
            pick(person_id, 'surname', [
                '王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '欧阳'
            ])
            || pick(person_id, 'given 1', [
                '子', '思', '雨', '梓', '佳', '晓', '文', '明', '若', '嘉', '欣', '一', '静', '婉', '俊', ''
            ])
            || pick(person_id, 'given 2', [
                '涵', '琪', '轩', '怡', '宁', '航', '悦', '萱', '博', '瑶', '楠', '洁', '杰', '然', '彤', '敏', '芳'
            ])
    end as full_name,
    -- Prefixes that no operator uses, and the 555 exchange: well-formed, but fictional numbers.
    case
        when homes.is_us then
            '+1 (' || (200 + person_id * 7 % 800) || ') 555-'
                || lpad((person_id // 800 % 10000)::varchar, 4, '0')
        else '154' || lpad(((person_id * 48271 + getvariable('seed')) % 100000000)::varchar, 8, '0')
    end as phone,
    case
        when homes.is_us then
            whole(home_no, 'house', 12, 9800) || ' '
            || pick(home_no, 'street',
                ['Maple St', 'Oak Ave', 'Cedar Ln', 'Lake Dr', '2nd Ave', 'Pine St'])
            || ' Apt ' || whole(home_no, 'room', 1, 48)
        when hall_no is not null then '大学城' || hall_no || '号学生公寓'
        else
            pick(home_no, 'road', [
                '青云路', '建设路', '和平街', '梧桐巷', '望江路', '春晖路', '学院路', '滨河大道', '银杏街', '长乐路'
            ])
            || whole(home_no, 'house', 1, 480) || '号'
            || pick(home_no, 'estate', ['栖霞苑', '金色家园', '绿城花园', '书香门第', '阳光水岸', '云栖里'])
            || whole(home_no, 'block', 1, 26) || '栋' || whole(home_no, 'unit', 1, 4) || '单元'
            || whole(home_no, 'floor', 1, 30)
                || lpad(whole(home_no, 'room', 1, 4)::varchar, 2, '0') || '室'
    end as street
from homes
inner join cities on homes.city_no = cities.city_no;
