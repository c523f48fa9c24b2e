{{ union_entity('warehouses') }}
