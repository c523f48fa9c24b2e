select order_id from {{ ref('fct_orders') }}
where
    amount > 1000
    and {{ touched_keys.changed_since_good_build('order_id', ['fct_orders', 'fct_refunds']) }}
