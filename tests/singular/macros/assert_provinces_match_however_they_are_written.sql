with

cases as (

    select '浙江省' as province, '浙江' as expected
    union all
    select '浙江', '浙江'
    union all
    select ' 上海市 ', '上海'
    union all
    select '内蒙古自治区', '内蒙古'
    union all
    select '新疆维吾尔自治区', '新疆'
    union all
    select '香港特别行政区', '香港'
    union all
    select 'sp', 'SP'
    union all
    select 'New York', 'NEW YORK'
    union all
    select null, null

)

select * from cases
where {{ province_match_name('province') }} is distinct from expected
