-- An identifier that more accounts have joins none.

{{ config(materialized='incremental', meta={'touched_key': 'identifier_key'}) }}

{% set forever = "date '9999-12-31'" %}

with

identifiers as (

    select * from {{ touched_keys.touched_rows(ref('int_identifiers_shared')) }}

),

identifier_days as (

    select * from {{ touched_keys.touched_rows(ref('int_identifier_holders')) }}

),

linking as (

    select
        identifier_key,
        change_date as valid_from_date,
        coalesce(next_change_date, {{ forever }}) as valid_until_date
    from identifier_days
    where account_count between 2 and {{ var('identity_max_accounts_per_identifier') }}

),

final as (

    select
        identifiers.account_key,
        identifiers.identifier_key,
        identifiers.link_reason,
        greatest(identifiers.valid_from_date, linking.valid_from_date) as valid_from_date,
        least(identifiers.valid_until_date, linking.valid_until_date) as valid_until_date
    from identifiers
    inner join linking
        on
            identifiers.identifier_key = linking.identifier_key
            and identifiers.valid_from_date < linking.valid_until_date
            and identifiers.valid_until_date > linking.valid_from_date

)

select * from final
