{{ union_entity('parcel_scans') }}
