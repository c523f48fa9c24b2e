-- A month without after-sales counts as there where later ones came: nothing may have come back.

with

month_file_kinds as (

    select * from {{ ref('month_file_kinds') }}

),

month_expected_kinds as (

    select
        *,
        min(first_month_date) over (partition by shop_key) as shop_first_month_date
    from {{ ref('month_expected_kinds') }}

),

month_open_amounts as (

    select * from {{ ref('month_open_amounts') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

expected as (

    select
        month_expected_kinds.shop_key,
        month_expected_kinds.file_kind,
        month_expected_kinds.wallet,
        month_expected_kinds.reaches_to_date,
        dim_as_of_date.as_of_date,
        {{ month_series(
            'month_expected_kinds.shop_first_month_date', 'dim_as_of_date.as_of_date'
        ) }} as month_date
    from month_expected_kinds
    cross join dim_as_of_date

),

judged as (

    select
        expected.*,
        coalesce(found.row_count, 0) as row_count,
        found.first_date,
        found.last_date,
        coalesce(month_open_amounts.open_amount, 0) as open_amount,
        last_day(expected.month_date) < expected.as_of_date as is_over,
        cast({{ dbt.dateadd(
            'day', var('month_close_days'), 'last_day(expected.month_date)'
        ) }} as date) as due_date,
        case
            when found.is_disproved then 'disproved'
            when
                expected.reaches_to_date >= last_day(expected.month_date)
                and (found.row_count is not null or expected.file_kind = 'after_sales')
                then 'there'
        end as told_status
    from expected
    left join month_file_kinds as found
        on
            expected.shop_key = found.shop_key
            and expected.file_kind = found.file_kind
            and expected.wallet is not distinct from found.wallet
            and expected.month_date = found.month_date
    left join month_open_amounts
        on
            expected.shop_key = month_open_amounts.shop_key
            and expected.month_date = month_open_amounts.month_date

),

stated as (

    select
        *,
        coalesce(told_status, case when due_date < as_of_date then 'late' else 'missing' end)
            as file_status
    from judged

),

final as (

    select
        shop_key,
        month_date,
        file_kind,
        wallet,
        file_status,
        row_count,
        first_date,
        last_date,
        due_date,
        case
            when file_status = 'there' then cast(null as {{ dbt.type_string() }})
            when file_kind = 'orders' then 'revenue, margin, bridge'
            when file_kind = 'after_sales' then 'refunds, net revenue, margin'
            when file_kind = 'bank' then 'bank'
            else 'fees, settled, wallet, margin'
        end as blocked_figures,
        open_amount,
        is_over
        and count(case when file_status <> 'there' then 1 end) over (
            partition by shop_key, month_date
        ) = 0
        and open_amount <= {{ var('month_close_open_amount') }} as is_closed
    from stated

)

select * from final
