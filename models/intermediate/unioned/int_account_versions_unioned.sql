{{ union_entity('account_versions') }}
