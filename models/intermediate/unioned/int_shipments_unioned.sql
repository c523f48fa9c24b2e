{{ union_entity('shipments') }}
