{{ union_entity('outreach') }}
