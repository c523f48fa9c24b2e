with

cases as (

    select
        {{ sorted_list('tag', "', '") }} as actual,
        'a, b, b, c' as expected
    from (
        select 'c' as tag
        union all
        select 'b'
        union all
        select cast(null as {{ dbt.type_string() }})
        union all
        select 'a'
        union all
        select 'b'
    ) as tags

)

select * from cases
where actual is distinct from expected
