-- All that is known of a customer on one row. What was observed and what is forecast stand apart;
-- the tags say what stands out, and customer_tags why.

with

-- Everybody whom customer_tiers knows: later customers were nobody's yet.
dim_customers as (

    select dim_customers.*
    from {{ ref('dim_customers') }} as dim_customers
    inner join {{ ref('customer_tiers') }} as customer_tiers
        on dim_customers.customer_key = customer_tiers.customer_key

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

consents as (

    select
        customer_key,
        case
            when count(case when not accepts_marketing then 1 end) > 0 then false
            when count(case when accepts_marketing then 1 end) > 0 then true
        end as accepts_marketing
    from accounts
    group by customer_key

),

messages as (

    select
        accounts.customer_key,
        max(fct_outreach.sent_date) as last_message_date
    from {{ ref('fct_outreach') }} as fct_outreach
    inner join accounts
        on fct_outreach.account_key = accounts.account_key
    {{ until_as_of_date('fct_outreach.sent_date') }}
    group by accounts.customer_key

),

tags as (

    select
        customer_key,
        {{ sorted_list('tag_code', "', '") }} as tag_codes
    from {{ ref('customer_tags') }}
    group by customer_key

),

final as (

    select
        dim_customers.customer_key,
        dim_as_of_date.as_of_date,
        dim_customers.first_platform_code,
        dim_customers.gender,
        dim_customers.age_band,
        dim_customers.province,
        customer_tiers.tier,
        rfm_customers.recency_score,
        rfm_customers.frequency_score,
        rfm_customers.monetary_score,
        rfm_customers.segment_code,
        lifecycle_customers.stage,
        rfm_clusters.cluster_number,
        customer_tiers.purchase_days,
        rfm_customers.net_revenue_amount as observed_net_revenue_amount,
        rfm_customers.last_purchase_date,
        customer_tiers.festival_rate,
        coalesce(customer_totals.order_count, 0) as order_count,
        {{ ratio('customer_totals.refunded_order_count', 'customer_totals.order_count') }}
            as refunded_rate,
        clv_customers.alive_rate,
        clv_customers.expected_purchase_days,
        clv_customers.expected_revenue_amount,
        case
            when customer_tiers.purchase_days = 0 then 'no_purchase'
            else clv_customers.missing_reason
        end as missing_reason,
        repurchase_customers.expected_next_date,
        repurchase_customers.overdue_days,
        coalesce(customer_totals.ticket_count, 0) as ticket_count,
        customer_totals.last_ticket_date,
        customer_totals.csat_mean,
        messages.last_message_date,
        consents.accepts_marketing,
        tags.tag_codes,
        customer_actions.action_code
    from dim_customers
    cross join dim_as_of_date
    {% for mart in [
        'customer_tiers', 'rfm_customers', 'lifecycle_customers', 'rfm_clusters', 'clv_customers',
        'repurchase_customers', 'customer_totals', 'customer_actions',
    ] -%}
    left join {{ ref(mart) }} as {{ mart }}
        on dim_customers.customer_key = {{ mart }}.customer_key
    {% endfor -%}
    {% for relation in ['messages', 'consents', 'tags'] -%}
    left join {{ relation }}
        on dim_customers.customer_key = {{ relation }}.customer_key
    {% endfor %}
)

select * from final
