with

cases as (

    select
        'a third' as case_name,
        cast({{ ratio('1', '3') }} as string) as actual,
        '0.333333' as expected
    union all
    select 'divided by nothing', cast({{ ratio('1', '0') }} as string), null
    union all
    select 'half a unit is cut', cast({{ to_minor_units('10.005', '2') }} as string), '1000'
    union all
    select 'yen have no cents', cast({{ to_minor_units('10.9', '0') }} as string), '10'
    union all
    select 'dinars have mils', cast({{ to_minor_units('1.2345', '3') }} as string), '1234'
    union all
    select 'cents back', cast({{ from_minor_units('1234', '2') }} as string), '12.3400'
    union all
    select 'yen back', cast({{ from_minor_units('1234', '0') }} as string), '1234.0000'
    union all
    select 'mils back', cast({{ from_minor_units('1234', '3') }} as string), '1.2340'
    union all
    select 'units of the fourth digit', cast({{ to_money_units('1.2345') }} as string), '12345'
    union all
    select 'fourth digits back', cast({{ from_money_units('12345') }} as string), '1.2345'
    union all
    select 'whole quotient', cast({{ integer_divide('7', '2') }} as string), '3'
    union all
    select 'sums are divided whole', cast({{ integer_divide('3 + 4', '1 + 1') }} as string), '3'
    union all
    select 'by nothing in sum', cast({{ integer_divide('3 + 4', '1 - 1') }} as string), null
    union all
    select 'half up, exactly', cast({{ quotient('177.97', '296', 4) }} as string), '0.6013'
    union all
    select 'just below', cast({{ quotient('177.9699', '296', 4) }} as string), '0.6012'
    union all
    select 'half away from nothing', cast({{ quotient('-177.97', '296', 4) }} as string), '-0.6013'
    union all
    select 'by less', cast({{ quotient('177.97', '-296', 4) }} as string), '-0.6013'
    union all
    select 'of sums', cast({{ quotient('100 + 77.97', '300 - 4', 4) }} as string), '0.6013'
    union all
    select 'of nothing', cast({{ quotient('0', '-296', 4) }} as string), '0.0000'
    union all
    select 'by nothing', cast({{ quotient('177.97', '0', 4) }} as string), null
    union all
    select 'by the unknown', cast({{ quotient('177.97', 'null', 4) }} as string), null
    union all
    select 'of the unknown', cast({{ quotient('null', '296', 4) }} as string), null
    union all
    select 'a rate half up', cast({{ ratio('1', '80000') }} as string), '0.000013'
    union all
    select
        'of the largest', cast({{ quotient('99999999999999.9999', '1', 4) }} as string),
        '99999999999999.9999'
    union all
    select 'quotient by zero', cast({{ integer_divide('7', '0') }} as string), null
    union all
    select 'half up', cast({{ to_base('10.0000', '0.12345') }} as string), '1.2345'
    union all
    select 'no rate, no amount', cast({{ to_base('10.0000', 'null') }} as string), null
    union all
    select
        'wide', cast({{ to_base('99999999999999.9999', '0.5') }} as string), '50000000000000.0000'
    union all
    select 'too wide', cast({{ to_base('99999999999999.9999', '1.5') }} as string), null
    union all
    select 'a rate in units', cast({{ rate_units('7.12345678') }} as string), '712345678'
    union all
    select 'exchanged', cast({{ exchanged('10.0000', '7.1', '0.5') }} as string), '142.0000'
    union all
    select 'half of a digit', cast({{ exchanged('0.0001', '1', '2') }} as string), '0.0001'
    union all
    select 'half below nothing', cast({{ exchanged('-0.0001', '1', '2') }} as string), '-0.0001'
    union all
    select 'less than half', cast({{ exchanged('0.0001', '1', '2.00000001') }} as string), '0.0000'
    union all
    select 'no rate to go by', cast({{ exchanged('10.0000', '7.1', 'null') }} as string), null

)

select * from cases
where actual is distinct from expected
