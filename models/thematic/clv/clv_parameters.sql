-- What was learned of how customers buy again and spend. Nothing here adds up.

with

int_clv_models_fitted as (

    select * from {{ ref('int_clv_models_fitted') }}

),

final as (

    select
        history_name,
        model_name,
        until_date,
        first_purchase_date,
        last_purchase_date,
        customers,
        parameter_r,
        parameter_alpha_weeks,
        parameter_a,
        parameter_b,
        parameter_p,
        parameter_q,
        parameter_v,
        log_likelihood,
        missing_reason
    from int_clv_models_fitted

)

select * from final
