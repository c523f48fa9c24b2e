{{ union_entity('market_listings') }}
