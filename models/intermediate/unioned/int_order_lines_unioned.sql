{{ union_entity('order_lines') }}
