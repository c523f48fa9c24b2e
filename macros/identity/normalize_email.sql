{# An e-mail address as it is compared, or null when it names nobody: empty, masked (a***@b.com), no
   address, a relay's, or one that says itself that it is none (noreply@, none@). Case and width do
   not count; dots and what follows a plus where the provider says so. The text is in half width;
   `domain` is a joined row of email_domains, or none. #}
{% macro normalize_email(email, domain='email_domains') -%}
    {%- set written = 'trim(' ~ email ~ ')' -%}
    {%- set name = "split_part(" ~ written ~ ", '@', 1)" -%}
    {%- set untagged -%}
        case
            when coalesce({{ domain }}.ignores_tags, false) then split_part({{ name }}, '+', 1)
            else {{ name }}
        end
    {%- endset -%}
    {%- set mailbox -%}
        case
            when coalesce({{ domain }}.ignores_dots, false)
                then replace({{ untagged }}, '.', '')
            else {{ untagged }}
        end
    {%- endset -%}
    case
        when not {{ regexp_occurs(written, '^[^@*,;<>() ]+@[^@*,;<>() .]+([.][^@*,;<>() .]+)+$') }}
            then null
        when coalesce({{ domain }}.domain_kind in ('relay', 'nobody'), false) then null
        when replace({{ name }}, left({{ name }}, 1), '') = '' and length({{ name }}) > 1 then null
        when {{ regexp_occurs(
            name,
            '^(no|do[-_.]?not|dont)[-_.]?(reply|email|e-mail|mail)$'
            ~ '|^(none|null|nil|nobody|na|n/a|unknown|anonymous|test|guest|customer|example)$'
        ) }} then null
        when {{ mailbox }} = '' then null
        else {{ mailbox }} || '@'
            || coalesce({{ domain }}.mailbox_domain, {{ email_domain(email) }})
    end
{%- endmacro %}


{# What stands behind the sign of an e-mail address; empty when there is none. #}
{% macro email_domain(email) -%}
    split_part(trim({{ email }}), '@', 2)
{%- endmacro %}
