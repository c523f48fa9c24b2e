{{ union_entity('stock_movements') }}
