-- cities: where buyers live; zone is the distance from the warehouse that serves them.

create or replace table cities as
with
listed (province, city, districts, warehouse_id, zone, weight, tax_bp) as (
    values
    ('浙江省', '杭州市', ['西湖区', '滨江区', '余杭区'], 'WH-HZ', 1, 9, 0),
    ('浙江省', '宁波市', ['鄞州区', '海曙区'], 'WH-HZ', 1, 4, 0),
    ('浙江省', '温州市', ['鹿城区', '瓯海区'], 'WH-HZ', 1, 3, 0),
    ('上海市', '上海市', ['浦东新区', '徐汇区', '静安区', '杨浦区'], 'WH-HZ', 1, 12, 0),
    ('江苏省', '南京市', ['鼓楼区', '玄武区', '江宁区'], 'WH-HZ', 1, 6, 0),
    ('江苏省', '苏州市', ['姑苏区', '工业园区', '吴中区'], 'WH-HZ', 1, 7, 0),
    ('安徽省', '合肥市', ['蜀山区', '包河区'], 'WH-HZ', 2, 4, 0),
    ('福建省', '厦门市', ['思明区', '湖里区'], 'WH-GZ', 2, 3, 0),
    ('福建省', '福州市', ['鼓楼区', '台江区'], 'WH-GZ', 2, 3, 0),
    ('山东省', '青岛市', ['市南区', '崂山区'], 'WH-HZ', 2, 4, 0),
    ('山东省', '济南市', ['历下区', '市中区'], 'WH-HZ', 2, 4, 0),
    ('北京市', '北京市', ['朝阳区', '海淀区', '通州区', '丰台区'], 'WH-HZ', 2, 11, 0),
    ('天津市', '天津市', ['和平区', '南开区'], 'WH-HZ', 2, 3, 0),
    ('河北省', '石家庄市', ['长安区', '裕华区'], 'WH-HZ', 2, 3, 0),
    ('河南省', '郑州市', ['金水区', '二七区'], 'WH-HZ', 2, 5, 0),
    ('湖北省', '武汉市', ['武昌区', '洪山区', '江汉区'], 'WH-GZ', 2, 6, 0),
    ('湖南省', '长沙市', ['岳麓区', '雨花区'], 'WH-GZ', 2, 5, 0),
    ('广东省', '广州市', ['天河区', '海珠区', '番禺区'], 'WH-GZ', 1, 9, 0),
    ('广东省', '深圳市', ['南山区', '福田区', '龙岗区'], 'WH-GZ', 1, 10, 0),
    ('广东省', '东莞市', ['南城街道', '虎门镇'], 'WH-GZ', 1, 4, 0),
    ('广西壮族自治区', '南宁市', ['青秀区', '西乡塘区'], 'WH-GZ', 2, 3, 0),
    ('四川省', '成都市', ['锦江区', '武侯区', '高新区'], 'WH-GZ', 2, 8, 0),
    ('重庆市', '重庆市', ['渝中区', '江北区'], 'WH-GZ', 2, 5, 0),
    ('云南省', '昆明市', ['五华区', '盘龙区'], 'WH-GZ', 3, 3, 0),
    ('陕西省', '西安市', ['雁塔区', '碑林区'], 'WH-HZ', 2, 5, 0),
    ('辽宁省', '沈阳市', ['和平区', '沈河区'], 'WH-HZ', 3, 3, 0),
    ('黑龙江省', '哈尔滨市', ['南岗区', '道里区'], 'WH-HZ', 3, 2, 0),
    ('甘肃省', '兰州市', ['城关区', '七里河区'], 'WH-HZ', 3, 1, 0),
    ('新疆维吾尔自治区', '乌鲁木齐市', ['天山区', '沙依巴克区'], 'WH-HZ', 4, 1, 0),
    ('西藏自治区', '拉萨市', ['城关区', '堆龙德庆区'], 'WH-GZ', 4, 1, 0),
    ('California', 'Los Angeles', ['Koreatown', 'Westwood'], 'WH-LA', 1, 4, 950),
    ('California', 'San Francisco', ['Sunset', 'Mission'], 'WH-LA', 1, 3, 863),
    ('Washington', 'Seattle', ['Ballard', 'Fremont'], 'WH-LA', 2, 2, 1035),
    ('Texas', 'Austin', ['Hyde Park', 'Zilker'], 'WH-LA', 2, 2, 825),
    ('New York', 'New York', ['Queens', 'Brooklyn', 'Manhattan'], 'WH-LA', 3, 5, 888),
    ('Massachusetts', 'Boston', ['Allston', 'Back Bay'], 'WH-LA', 3, 2, 625),
    ('Oregon', 'Portland', ['Pearl', 'Alberta'], 'WH-LA', 2, 1, 0)
)
select
    *,
    warehouse_id = 'WH-LA' as is_us,
    row_number() over (order by warehouse_id = 'WH-LA', province, city) as city_no
from listed;

-- (is_us, bucket) -> city_no, by the city's weight.
create or replace table city_draws as
with repeated as (
    select is_us, city_no, unnest(range(weight)) as repetition from cities
)
select
    is_us,
    city_no,
    row_number() over (partition by is_us order by city_no, repetition) - 1 as bucket,
    count(*) over (partition by is_us) as buckets
from repeated;
