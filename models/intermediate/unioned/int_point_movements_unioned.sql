{{ union_entity('point_movements') }}
