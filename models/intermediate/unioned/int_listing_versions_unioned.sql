{{ union_entity('listing_versions') }}
