-- One row per variant of an experiment, the latest experiments first. Experiments overlap.
with variants as (
    select
        dim_experiments.experiment_key,
        dim_experiments.experiment_name,
        dim_experiments.variant,
        dim_experiments.is_control,
        cast(dim_experiments.starts_at as date) as starts_date,
        dim_experiments.planned_share,
        count(fct_experiments.account_key) as accounts,
        sum(case when fct_experiments.has_purchased then 1.0 else 0.0 end)
        / nullif(count(fct_experiments.account_key), 0) as buyer_rate,
        sum(fct_experiments.net_revenue_base_amount)
        / nullif(count(fct_experiments.account_key), 0) as revenue_per_account
    from subject.dim_experiments
    left join subject.fct_experiments
        on dim_experiments.experiment_variant_key = fct_experiments.experiment_variant_key
    group by
        dim_experiments.experiment_key, dim_experiments.experiment_name, dim_experiments.variant,
        dim_experiments.is_control, dim_experiments.starts_at, dim_experiments.planned_share
)

select
    coalesce(experiment_name, experiment_key) as experiment,
    variant,
    starts_date,
    accounts,
    planned_share,
    accounts / nullif(sum(accounts) over (partition by experiment_key), 0) as actual_share,
    buyer_rate,
    1.96 * sqrt(buyer_rate * (1 - buyer_rate) / nullif(accounts, 0)) as margin,
    revenue_per_account
from variants
order by starts_date desc, experiment, is_control desc, variant
limit 60
