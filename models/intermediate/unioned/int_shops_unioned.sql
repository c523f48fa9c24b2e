{{ union_entity('shops') }}
