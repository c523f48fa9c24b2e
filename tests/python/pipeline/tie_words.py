"""Words of the queries that tie facts to the raw rows of public sources."""

KEY = "md5('{source}' || chr(31) || '' || chr(31) || {id})"
NULL_SHOP = "md5('{source}' || chr(31) || '')"


def key(source: str, expression: str) -> str:
    """The key of an order or account whose platform has one nameless shop."""
    return KEY.format(source=source, id=f"cast({expression} as varchar)")


def part_key(source: str, *ids: str) -> str:
    """The key of a payment or refund of such a platform, which has no parts."""
    parts = " || chr(31) || ".join(f"cast({one} as varchar)" for one in ids)
    return key(source, f"{parts} || chr(31)")


def shop(source: str) -> str:
    """The key of a platform's only shop."""
    return NULL_SHOP.format(source=source)


def utc(wall_clock: str, zone: str) -> str:
    """A wall clock of a zone, in UTC."""
    return f"timezone('UTC', timezone('{zone}', {wall_clock}))"


def hours(earlier: str, later: str) -> str:
    """Hours between two instants, to the hundredth (36 seconds); a half goes away from zero."""
    seconds = f"date_diff('second', {earlier}, {later})"
    return (
        f"cast(sign({seconds}) * ((abs({seconds}) + 18) // 36) as decimal(12, 0))"
        " * cast(0.01 as decimal(3, 2))"
    )


NO_REFUNDS = """
    cast(0 as decimal(18, 4)) as refund_paid_amount,
    cast(0 as decimal(18, 4)) as refund_amount
"""

LONDON, SAO_PAULO, SHANGHAI = "Europe/London", "America/Sao_Paulo", "Asia/Shanghai"
