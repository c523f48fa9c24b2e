-- What to do about whom, tomorrow: of each customer's reasons the most urgent. Who refused
-- messages, or had enough of them, gets none that sells; a complaint is answered all the same.

with

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -30, 'as_of_date') }} as date) as month_before_date
    from {{ ref('dim_as_of_date') }}

),

tags as (

    select * from {{ ref('customer_tags') }}

),

rules as (

    select * from {{ ref('customer_action_rules') }}

),

bridge_account_customer as (

    select * from {{ ref('bridge_account_customer') }}

),

refusals as (

    select distinct customer_key
    from {{ ref('dim_accounts') }}
    where not accepts_marketing

),

messages as (

    select
        bridge_account_customer.customer_key,
        fct_outreach.outreach_kind,
        count(case when fct_outreach.is_opened or fct_outreach.is_clicked then 1 end)
            as opened_count,
        count(case when fct_outreach.is_delivered then 1 end) as delivered_count,
        count(
            case when fct_outreach.sent_date > dim_as_of_date.month_before_date then 1 end
        ) as month_message_count
    from {{ ref('fct_outreach') }} as fct_outreach
    inner join bridge_account_customer
        on fct_outreach.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_outreach.sent_date') }}
    group by bridge_account_customer.customer_key, fct_outreach.outreach_kind

),

reached as (

    select
        customer_key,
        outreach_kind,
        sum(month_message_count) over (partition by customer_key) as month_message_count
    from messages
    qualify row_number() over (
        partition by customer_key
        order by opened_count desc, delivered_count desc, outreach_kind asc
    ) = 1

),

done as (

    select
        bridge_account_customer.customer_key,
        fct_outreach.purpose,
        max(fct_outreach.sent_date) as last_sent_date
    from {{ ref('fct_outreach') }} as fct_outreach
    inner join bridge_account_customer
        on fct_outreach.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_outreach.sent_date') }}
    group by bridge_account_customer.customer_key, fct_outreach.purpose

),

reasons as (

    select
        tags.customer_key,
        rules.purpose,
        rules.rest_days,
        rules.action_code,
        rules.action_name,
        rules.action_name_zh,
        rules.priority,
        rules.is_selling,
        rules.days_open,
        tags.tag_code,
        tags.rule_text,
        tags.measured_value,
        tags.limit_value
    from rules
    inner join tags
        on rules.tag_code = tags.tag_code
    left join tags as further_tags
        on
            rules.and_tag_code = further_tags.tag_code
            and tags.customer_key = further_tags.customer_key
    where rules.and_tag_code is null or further_tags.customer_key is not null

),

allowed as (

    select
        reasons.*,
        coalesce(reached.month_message_count, 0) as month_message_count,
        reached.outreach_kind
    from reasons
    left join refusals
        on reasons.customer_key = refusals.customer_key
    left join reached
        on reasons.customer_key = reached.customer_key
    left join done
        on
            reasons.customer_key = done.customer_key
            and reasons.purpose = done.purpose
    cross join dim_as_of_date
    where
        not reasons.is_selling
        or (
            refusals.customer_key is null
            and coalesce(reached.month_message_count, 0) < {{ var('most_messages_in_30_days') }}
            and coalesce(
                {{ dbt.datediff('done.last_sent_date', 'dim_as_of_date.as_of_date', 'day') }}
                >= reasons.rest_days, true
            )
        )

),

first_reasons as (

    select * from allowed
    qualify row_number() over (partition by customer_key order by priority asc) = 1

),

final as (

    select
        first_reasons.customer_key,
        dim_as_of_date.as_of_date,
        first_reasons.action_code,
        first_reasons.action_name,
        first_reasons.action_name_zh,
        cast(first_reasons.priority as integer) as priority,
        first_reasons.tag_code as reason_code,
        first_reasons.rule_text as reason_text,
        first_reasons.measured_value,
        first_reasons.limit_value,
        case
            when first_reasons.priority <= 3 then 'call'
            else coalesce(first_reasons.outreach_kind, 'platform_message')
        end as contact_kind,
        cast(first_reasons.month_message_count as integer) as month_message_count,
        cast({{ dbt.dateadd('day', 1, 'dim_as_of_date.as_of_date') }} as date) as from_date,
        coalesce(
            cast(
                {{ dbt.dateadd('day', 'first_reasons.days_open', 'dim_as_of_date.as_of_date') }}
                as date
            ),
            last_day(cast({{ dbt.dateadd('day', 1, 'dim_as_of_date.as_of_date') }} as date))
        ) as until_date,
        cast(
            row_number() over (
                order by
                    first_reasons.priority asc,
                    rfm_customers.net_revenue_amount desc nulls last,
                    first_reasons.customer_key asc
            ) as integer
        ) as place
    from first_reasons
    cross join dim_as_of_date
    left join {{ ref('rfm_customers') }} as rfm_customers
        on first_reasons.customer_key = rfm_customers.customer_key

)

select * from final
