-- skus: what is sold; sku_draws: (quarter, category, bucket) -> sku, by popularity and age.

create or replace table categories as
select * from (
    values
    (1, '个人护理', '面部护肤', 48), (2, '个人护理', '面膜', 34), (3, '个人护理', '身体洗护', 62),
    (4, '家居生活', '香氛', 84), (5, '家居生活', '床品', 260), (6, '家居生活', '餐具杯壶', 210)
) as listed (category_no, category_1, category_2, cadence_days);

create or replace table skus as
with
-- Prices in CNY; popularity in the first and the last quarter; launch as days after the first day.
spus (spu_no, category_no, category_3, name, variants, price, cost, grams, early, late, launch,
    goodness) as (
    values
    (1, 1, '精华', '山茶花修护精华', ['30ml', '50ml'], 239, 58, 180, 20, 20, -900, 4),
    (2, 1, '面霜', '燕麦舒缓面霜', ['50g', '100g'], 168, 41, 220, 18, 14, -800, 4),
    (3, 1, '洁面', '氨基酸洁面乳', ['100g', '150g'], 79, 17, 190, 22, 18, -900, 5),
    (4, 1, '防晒', '轻透防晒乳', ['40ml', '60ml'], 119, 27, 110, 14, 14, -700, 3),
    (5, 1, '眼霜', '松露紧致眼霜', ['15g'], 268, 62, 90, 8, 9, -400, 4),
    (6, 1, '精华', '视黄醇晚安精华', ['20ml', '30ml'], 299, 70, 130, 0, 24, 210, 4),
    (7, 2, '贴片面膜', '积雪草补水面膜', ['5片', '10片', '30片'], 69, 14, 260, 26, 20, -900, 4),
    (8, 2, '涂抹面膜', '白泥清洁面膜', ['80g', '120g'], 99, 22, 240, 14, 8, -600, 3),
    (9, 2, '贴片面膜', '神经酰胺修护面膜', ['5片', '10片'], 89, 19, 250, 0, 22, 330, 5),
    (10, 3, '沐浴', '雪松沐浴露', ['300ml', '500ml', '1L'], 59, 13, 620, 20, 18, -900, 4),
    (11, 3, '洗发', '生姜强韧洗发水', ['300ml', '500ml'], 79, 18, 610, 18, 16, -800, 4),
    (12, 3, '护手', '乳木果护手霜', ['30g', '三支装'], 29, 6, 70, 14, 12, -700, 5),
    (13, 3, '身体乳', '烟酰胺身体乳', ['250ml', '400ml'], 69, 15, 450, 14, 12, -500, 4),
    (14, 3, '洗发', '旧款滋养洗发水', ['400ml'], 49, 16, 480, 12, 1, -1200, 2),
    (15, 4, '香薰蜡烛', '桂花香薰蜡烛', ['120g', '200g'], 129, 30, 420, 14, 14, -700, 5),
    (16, 4, '扩香', '白茶无火香薰', ['100ml', '200ml'], 159, 36, 460, 12, 14, -600, 4),
    (17, 4, '喷雾', '助眠枕头喷雾', ['50ml'], 69, 13, 140, 8, 12, -300, 3),
    (18, 4, '车载', '檀木车载香薰', ['单支', '礼盒'], 99, 24, 210, 0, 12, 120, 4),
    (19, 5, '四件套', '长绒棉四件套', ['1.5m床', '1.8m床'], 459, 168, 2600, 8, 8, -900, 4),
    (20, 5, '枕头', '乳胶护颈枕', ['成人', '儿童'], 199, 71, 1500, 8, 8, -600, 3),
    (21, 5, '被子', '大豆纤维四季被', ['150x200', '200x230'], 329, 118, 3200, 8, 6, -500, 4),
    (22, 5, '毛巾', '新疆棉毛巾', ['2条装', '4条装'], 49, 14, 420, 16, 14, -800, 5),
    (23, 6, '马克杯', '粗陶马克杯', ['雾白', '黛青', '赤陶'], 59, 15, 480, 14, 14, -700, 4),
    (24, 6, '保温杯', '轻量保温杯', ['350ml', '500ml'], 129, 36, 380, 12, 12, -600, 4),
    (25, 6, '茶具', '快客旅行茶具', ['一壶两杯', '一壶四杯'], 169, 44, 900, 6, 8, -400, 4),
    (26, 6, '餐具', '手绘餐盘', ['8寸', '10寸'], 45, 12, 620, 10, 4, -900, 2),
    (27, 1, '小样', '旅行体验小样', ['5ml'], 9, 2, 20, 0, 0, -900, 4)
),
spread as (
    select
        spus.*,
        unnest(variants) as variant,
        unnest(range(1, len(variants) + 1)) as variant_no
    from spus
)
select
    row_number() over (order by spu_no, variant_no) as sku_no,
    'QM' || lpad(spu_no::varchar, 3, '0') || '-' || variant_no as sku_id,
    'QM' || lpad(spu_no::varchar, 3, '0') as spu_id,
    category_no,
    category_1,
    category_2,
    category_3,
    name || ' ' || variant as name,
    round(price * (0.55 + 0.45 * variant_no) * 100)::bigint as list_cents,
    round(price * (0.55 + 0.45 * variant_no) * 100 / 600)::bigint * 100 + 99 as usd_cents,
    round(cost * (0.6 + 0.4 * variant_no) * 100)::bigint as cost_cents,
    (grams * (0.6 + 0.4 * variant_no))::bigint as grams,
    early * (4 - variant_no) as early_weight,
    late * (4 - variant_no) as late_weight,
    launch as launch_no,
    goodness,
    -- Some prices rise in the middle of the time.
    case
        when chance(spu_no, 'price change', 0.4)
            then whole(spu_no, 'price day', getvariable('days') // 4, getvariable('days') * 3 // 4)
    end as price_change_no,
    whole(spu_no, 'price rise', 104, 112) as price_rise_pct,
    -- And some things cost more, or less, from some day on.
    case
        when chance(spu_no, 'cost change', 0.5)
            then whole(spu_no, 'cost day', getvariable('days') // 5, getvariable('days') * 4 // 5)
    end as cost_change_no,
    whole(spu_no, 'cost rise', 94, 116) as cost_change_pct
from spread
inner join categories using (category_no);

create or replace table sku_draws as
with
quarters as (
    select unnest(range(getvariable('days') // 91 + 1)) as quarter_no
),
weighted as (
    select
        quarter_no,
        category_no,
        sku_no,
        case
            when launch_no > quarter_no * 91 then 0
            else 1 + (
                early_weight * greatest(8 - quarter_no, 0) + late_weight * least(quarter_no, 8)
            )
        end as weight
    from skus
    cross join quarters
    where early_weight + late_weight > 0
),
ranked as (
    select
        *,
        sum(weight) over (partition by quarter_no, category_no) as total,
        sum(weight) over (partition by quarter_no, category_no order by sku_no) as reached
    from weighted
)
select
    quarter_no,
    category_no::bigint as category_no,
    sku_no,
    unnest(range(
        ((reached - weight) * 256 // total)::bigint, (reached * 256 // total)::bigint
    )) as bucket
from ranked
where weight > 0;
