{{ union_entity('stock_counts') }}
