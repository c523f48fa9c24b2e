{{ union_entity('money_files') }}
