{{ union_entity('assignments') }}
