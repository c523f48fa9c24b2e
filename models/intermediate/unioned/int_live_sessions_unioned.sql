{{ union_entity('live_sessions') }}
