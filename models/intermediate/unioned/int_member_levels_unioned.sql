{{ union_entity('member_levels') }}
