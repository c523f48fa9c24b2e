{{ union_entity('experiments') }}
