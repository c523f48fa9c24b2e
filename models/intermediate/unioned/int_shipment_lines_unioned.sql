{{ union_entity('shipment_lines') }}
