{{ union_entity('settlements') }}
