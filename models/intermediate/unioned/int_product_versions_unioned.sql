{{ union_entity('product_versions') }}
