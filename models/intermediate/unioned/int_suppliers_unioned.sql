{{ union_entity('suppliers') }}
