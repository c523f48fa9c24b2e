{{ union_entity('coupons') }}
