with

cases as (

    select
        'parts move over the border' as case_name,
        {{ surrogate_key(["'a'", "'bc'"]) }} = {{ surrogate_key(["'ab'", "'c'"]) }} as is_equal,
        false as expected
    union all
    select
        'null is the empty text',
        {{ surrogate_key(["'a'", 'null']) }} = {{ surrogate_key(["'a'", "''"]) }},
        true
    union all
    select
        'a number is its text',
        {{ surrogate_key(["'a'", '1']) }} = {{ surrogate_key(["'a'", "'1'"]) }},
        true
    union all
    select
        'order of the parts',
        {{ surrogate_key(["'a'", "'b'"]) }} = {{ surrogate_key(["'b'", "'a'"]) }},
        false

)

select * from cases
where is_equal <> expected
