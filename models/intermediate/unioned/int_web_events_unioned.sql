{{ union_entity('web_events') }}
