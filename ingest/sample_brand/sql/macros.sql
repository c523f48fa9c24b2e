-- Everything random is a function of (seed, row number, purpose), so that neither the number of
-- threads nor the order of rows changes a value.
-- DuckDB combines the hashes of several arguments with an exclusive or: two purposes of one row
-- would differ by a constant. The outer hash makes them independent.

create or replace macro u(n, purpose) as
    (hash(hash(n::bigint, purpose, getvariable('seed'))) >> 11) * (1.0 / 9007199254740992);

create or replace macro chance(n, purpose, probability) as u(n, purpose) < probability;

-- A whole number from low to high, both included.
create or replace macro whole(n, purpose, low, high) as
    low + floor(u(n, purpose) * (high - low + 1))::bigint;

create or replace macro pick(n, purpose, choices) as
    choices[1 + floor(u(n, purpose) * len(choices))::bigint];

-- One-to-one on 0 … 2^32 - 1: numbers that look arbitrary and never repeat.
create or replace macro scramble(n) as
    (n::bigint * 2654435761 + getvariable('seed')) % 4294967296;

create or replace macro later(moment, seconds) as moment + to_seconds(seconds::double);

-- A moment past the last day of the export has not happened yet.
create or replace macro known(moment, seen_at) as
    case when moment <= seen_at then moment end;

create or replace macro money(cents) as cents * cast(0.01 as decimal(3, 2));

create or replace macro sunday_on_or_after(day) as
    cast(day + (7 - isodow(day))::int as date);

create or replace macro new_york_offset(moment) as
    case
        when moment >= sunday_on_or_after(make_date(year(moment), 3, 8)) + interval 2 hour
            and moment < sunday_on_or_after(make_date(year(moment), 11, 1)) + interval 2 hour
            then '-04:00'
        else '-05:00'
    end;

-- The wall clock of the shop; the brand's own site writes its offset behind it.
create or replace macro written(moment, platform) as
    strftime(moment, '%Y-%m-%d %H:%M:%S')
    || case when platform = 'shopify' then new_york_offset(moment) else '' end;

create or replace macro is_foreign(platform) as platform in ('shopify', 'amazon');
