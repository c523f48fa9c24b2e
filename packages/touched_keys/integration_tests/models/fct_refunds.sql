{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

select order_id, receipt as refunded_order_id from {{ ref('stg_orders') }}
where receipt like 'refund of %' and {{ touched_keys.touched() }}
