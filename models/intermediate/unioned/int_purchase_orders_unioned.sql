{{ union_entity('purchase_orders') }}
