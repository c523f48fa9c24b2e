with

partners as (

    select * from {{ ref('int_partners_unioned') }}

),

live_sessions as (

    select * from {{ ref('int_live_sessions_localized') }}
    where partner_id is not null

),

streamed as (

    select
        source,
        partner_id,
        min(starts_at) as first_session_at,
        max(starts_at) as last_session_at,
        count(*) as session_count
    from live_sessions
    group by source, partner_id

),

mentions as (

    select
        source,
        partner_id
    from partners
    union
    select
        source,
        partner_id
    from streamed

),

final as (

    select
        {{ partner_key('mentions') }} as partner_key,
        mentions.source,
        mentions.partner_id,
        {{ redact_text('partners.handle') }} as handle,
        partners.commission_rate,
        partners.partner_id is not null as is_listed,
        streamed.first_session_at,
        streamed.last_session_at,
        coalesce(streamed.session_count, 0) as session_count
    from mentions
    left join partners
        on
            mentions.source = partners.source
            and mentions.partner_id = partners.partner_id
    left join streamed
        on
            mentions.source = streamed.source
            and mentions.partner_id = streamed.partner_id

)

select * from final
