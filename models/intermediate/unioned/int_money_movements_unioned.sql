{{ union_entity('money_movements') }}
