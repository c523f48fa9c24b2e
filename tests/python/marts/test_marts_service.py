"""Service marts of the sample brand, recomputed from its raw rows by the written rules.

DuckDB only hands over the raw rows here; versions, shifts, replies and parcels are plain Python.
"""

import csv
import re
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
from pipeline_brand import PROJECT
from test_marts_recomputed import RawBrand, Row, by_order, order_id_of

HOME = ZoneInfo("Asia/Shanghai")
Window = tuple[datetime, datetime]
SENDERS = ("customer", "bot", "agent")


def seed(name: str) -> list[dict[str, str]]:
    with open(PROJECT / "seeds" / f"{name}.csv", encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def minutes(seconds: float | None) -> Decimal | None:
    if seconds is None:
        return None
    return (Decimal(seconds) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


class ShiftClock:
    """The seconds between two instants in which a group's shifts were on."""

    def __init__(self, raw: RawBrand, last: datetime) -> None:
        self.rotas: dict[str, list[Window]] = defaultdict(list)
        for shift in raw.latest("agent_shifts", "agent_id", "starts_at"):
            starts, ends = (self._at_home(shift, name) for name in ("starts_at", "ends_at"))
            if starts and ends and ends > starts:
                self.rotas[shift["group_id"] or "*"].append((starts, ends))
        self.last = last
        self.schedules = defaultdict(list)
        for row in seed("service_schedules"):
            self.schedules[row["agent_group_id"]].append(row)
        self.holidays = {
            (row["country_code"], date.fromisoformat(row["holiday_date"])): row["is_working_day"]
            for row in seed("holidays")
        }
        self.windows: dict[str, list[Window]] = {}

    @staticmethod
    def _at_home(shift: Row, name: str) -> datetime | None:
        wall, offset = shift[name], shift[f"{name}_offset_minutes"]
        if wall is None:
            return None
        if offset is not None:
            return (wall - timedelta(minutes=offset)).replace(tzinfo=UTC)
        return wall.replace(tzinfo=HOME).astimezone(UTC)

    def _planned(self, group: str) -> list[Window]:
        rota = self.rotas.get(group) or self.rotas.get("*") or []
        schedule = self.schedules.get(group) or self.schedules["*"]
        planned = []
        for row in schedule:
            zone = ZoneInfo(row["time_zone"] or str(HOME))
            day = date(2024, 6, 1)
            while day <= self.last.date() + timedelta(days=3):
                worked = self.holidays.get((row["country_code"] or "CN", day))
                weekday = 1 if worked == "true" else day.isoweekday()
                if worked != "false" and weekday == int(row["weekday_number"]):
                    opens, closes = row["opens"], row["closes"]
                    ends = day + timedelta(days=closes <= opens)
                    planned.append((_instant(day, opens, zone), _instant(ends, closes, zone)))
                day += timedelta(days=1)
        if rota:
            first, final = min(s for s, _ in rota), max(e for _, e in rota)
            planned = [(s, min(e, first)) for s, e in planned if s < first] + [
                (max(s, final), e) for s, e in planned if e > final
            ]
        return planned + rota

    def between(self, group: str | None, earlier: datetime, later: datetime) -> float:
        """Each second of the interval counts once, even with several shifts."""
        group = group or "*"
        if group not in self.windows:
            self.windows[group] = sorted(self._planned(group))
        total, reached = 0.0, earlier
        for starts, ends in self.windows[group]:
            starts, ends = max(starts, reached), min(ends, later)
            if ends > starts:
                total += (ends - starts).total_seconds()
                reached = ends
        return total


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


class Service:
    """Every ticket of the brand with its messages in order and its replies."""

    def __init__(self, raw: RawBrand) -> None:
        self.raw = raw
        self.tickets = {row["ticket_id"]: row for row in raw.latest("tickets", "ticket_id")}
        for row in self.tickets.values():
            row["opened"] = raw.instant(row, "opened_at")
            row["closed"] = raw.instant(row, "closed_at")
        self.messages = defaultdict(list)
        for row in raw.latest("ticket_messages", "message_id"):
            ticket = self.tickets.get(row["ticket_id"])
            if ticket:
                row["sent"] = raw.instant(row, "sent_at", ticket)
            else:
                offset = row["sent_at_offset_minutes"]
                zone = HOME if offset is None else UTC
                wall = row["sent_at"] - timedelta(minutes=offset or 0)
                row["sent"] = wall.replace(tzinfo=zone).astimezone(UTC)
            self.messages[row["ticket_id"]].append(row)
        for rows in self.messages.values():
            rows.sort(key=lambda r: (r["sent"], SENDERS.index(r["sender"]), r["message_id"]))
        last = max(row["sent"] for rows in self.messages.values() for row in rows)
        self.clock = ShiftClock(raw, last)
        for ticket_id, rows in self.messages.items():
            self._reply(self.tickets.get(ticket_id), rows)

    def _reply(self, ticket: Row | None, rows: list[Row]) -> None:
        waiting, is_answered, before, agent, turn = None, False, None, None, 0
        for number, row in enumerate(rows, start=1):
            turn += row["sender"] != before
            row.update(number=number, turn=turn, kind=None, minutes=None, shift=None)
            row["touch"] = row["sender"] == "agent" != before
            row["handoff"] = False
            before = row["sender"]
            if row["sender"] == "customer":
                waiting = waiting or row["sent"]
            elif row["sender"] == "agent":
                row["handoff"] = bool(agent and row["agent_id"] and agent != row["agent_id"])
                agent = row["agent_id"] or agent
                since = None
                if ticket and row["sent"] >= ticket["opened"]:
                    if not is_answered:
                        row["kind"], since, is_answered = "first", ticket["opened"], True
                    elif waiting:
                        row["kind"], since = "next", waiting
                if since:
                    group = ticket["group_id"]
                    row["minutes"] = minutes((row["sent"] - since).total_seconds())
                    row["shift"] = minutes(self.clock.between(group, since, row["sent"]))
                waiting = None


@pytest.fixture(scope="module")
def service(sample_brand) -> Service:
    return Service(RawBrand(sample_brand.working_query))


def test_every_message(sample_brand, service):
    expected = {
        row["message_id"]: (
            ticket_id if ticket_id in service.tickets else None,
            *(row[name] for name in ("number", "turn", "sender", "handoff")),
            row["sent"].replace(tzinfo=None),
            *(row[name] for name in ("kind", "minutes", "shift")),
        )
        for ticket_id, rows in service.messages.items()
        for row in rows
    }
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select m.message_id, t.ticket_id, m.message_number, m.turn_number, m.sender,"
            " m.is_handoff, m.sent_at, m.reply_kind, m.reply_minutes, m.reply_shift_minutes"
            " from subject.fct_ticket_messages as m"
            " left join subject.fct_tickets as t using (ticket_key)"
        )
    }
    assert actual == expected
    assert {row[6] for row in expected.values()} == {None, "first", "next"}
    assert any(row[0] is None for row in expected.values())
    assert any(row[4] for row in expected.values())
    assert any(row[8] is not None and row[8] < row[7] for row in expected.values())


def middle(of: Callable, values: list[Decimal]) -> Decimal | None:
    return of(values).quantize(Decimal("0.01"), ROUND_HALF_UP) if values else None


def target(ticket: Row) -> dict[str, str]:
    rows = {(row["priority"], row["channel"]): row for row in seed("service_targets")}
    priority, channel = (ticket["priority"] or "").lower(), (ticket["channel"] or "").lower()
    narrowest = [(priority, channel), (priority, "*"), ("*", channel), ("*", "*")]
    return next(rows[key] for key in narrowest if key in rows)


def test_every_ticket(sample_brand, service):
    expected = {}
    for ticket_id, ticket in service.tickets.items():
        rows = service.messages[ticket_id]
        by_sender = {name: [r for r in rows if r["sender"] == name] for name in SENDERS}
        first = next((row for row in rows if row["kind"] == "first"), None)
        later = [row for row in rows if row["kind"] == "next"]
        opened, closed = ticket["opened"], ticket["closed"]
        resolution = closed and minutes((closed - opened).total_seconds())
        in_shift = closed and minutes(service.clock.between(ticket["group_id"], opened, closed))
        promised = target(ticket)
        clock = "shift" if promised["clock"] == "shift" else "minutes"
        longest = max((row[clock] for row in later), default=None)
        taken = {
            "first_reply": first and first[clock],
            "next_reply": longest,
            "resolution": in_shift if clock == "shift" else resolution,
        }
        expected[ticket_id] = (
            closed is None,
            closed and any(r["sent"] > closed for r in by_sender["customer"]),
            closed and bool(by_sender["bot"]) and not by_sender["agent"],
            len(rows),
            len({row["agent_id"] for row in by_sender["agent"] if row["agent_id"]}),
            sum(row["touch"] for row in rows),
            sum(row["handoff"] for row in rows),
            len(later),
            first and first["minutes"],
            first and first["shift"],
            middle(statistics.mean, [row["minutes"] for row in later]),
            middle(statistics.median, [row["shift"] for row in later]),
            max((row["minutes"] for row in later), default=None),
            resolution,
            in_shift,
            *(
                None if spent is None else spent <= int(promised[f"{name}_minutes"])
                for name, spent in taken.items()
            ),
        )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select ticket_id, is_open, has_message_after_closing, is_bot_resolved, message_count,"
            " agent_count, touch_count, handoff_count, next_reply_count, first_reply_minutes,"
            " first_reply_shift_minutes, average_next_reply_minutes,"
            " median_next_reply_shift_minutes, longest_next_reply_minutes, resolution_minutes,"
            " resolution_shift_minutes, is_first_reply_within_target,"
            " is_next_reply_within_target, is_resolution_within_target from subject.fct_tickets"
        )
    }
    assert actual == expected
    for place in (0, 1, 2, 15, 16, 17):
        assert {row[place] for row in expected.values()} >= {True, False}, place


def test_every_ticket_finds_its_parcel_and_its_line(sample_brand, service):
    raw = service.raw
    orders = {order_id_of(row) for row in raw.latest("orders", "shop_id", "order_id")}
    parcels = by_order(raw.latest("shipments", "shipment_id"))
    lines = raw.whole_orders()
    expected = {}
    for ticket_id, ticket in service.tickets.items():
        order = order_id_of(ticket)
        left = [
            (
                not (delivered and delivered <= ticket["opened"]),
                raw.instant(parcel, "shipped_at"),
                parcel["shipment_id"],
            )
            for parcel in parcels[order]
            if ticket["order_id"] and parcel["direction"] == "outbound" and parcel["shipped_at"]
            for delivered in [raw.instant(parcel, "delivered_at")]
            if raw.instant(parcel, "shipped_at") <= ticket["opened"]
        ]
        expected[ticket_id] = (
            max(left)[2] if left else None,
            line_of(ticket["sku_id"], lines.get(order, [])) if order in orders else None,
        )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select t.ticket_id, s.shipment_id, l.line_number from subject.fct_tickets as t"
            " left join subject.fct_shipments as s using (shipment_key)"
            " left join subject.fct_order_lines as l using (order_line_key)"
        )
    }
    assert actual == expected
    assert {parcel is None for parcel, _ in expected.values()} == {True, False}
    assert {line is None for _, line in expected.values()} == {True, False}


def line_of(sku: str | None, lines: list[Row]) -> int | None:
    """The line of a SKU, one that was paid for before a gift; of no SKU, the only SKU's."""
    skus = {line["sku_id"] for line in lines if line["sku_id"]}
    if sku is None and len(skus) == 1:
        (sku,) = skus
    found = [(bool(li["is_gift"]), li["line_no"]) for li in lines if sku and li["sku_id"] == sku]
    return min(found)[1] if found else None


def test_every_review(sample_brand, service):
    raw = service.raw
    lines = raw.whole_orders()
    orders = {order_id_of(row) for row in raw.latest("orders", "shop_id", "order_id")}
    expected = {}
    for row in raw.latest("reviews", "review_id", "shop_id", "order_id"):
        created, replied = (raw.instant(row, name) for name in ("created_at", "replied_at"))
        expected[row["review_id"], row["platform"]] = (
            replied and minutes((replied - created).total_seconds()),
            line_of(row["sku_id"], lines.get(order_id_of(row), []))
            if order_id_of(row) in orders
            else None,
            len(row["text"] or ""),
            row["text"] is None,
        )
    actual = {
        row[:2]: row[2:]
        for row in sample_brand.query(
            "select r.review_id, r.platform_code, r.reply_minutes, l.line_number, r.text_length,"
            " r.review_text_redacted is null from subject.fct_reviews as r"
            " left join subject.fct_order_lines as l using (order_line_key)"
        )
    }
    assert actual == expected
    assert any(row[0] is None for row in expected.values())


def test_every_agent(sample_brand, service):
    groups, shifts, tickets, messages = {}, defaultdict(int), defaultdict(int), defaultdict(list)
    for row in service.raw.latest("agent_shifts", "agent_id", "starts_at"):
        shifts[row["agent_id"]] += 1
        starts = ShiftClock._at_home(row, "starts_at")
        groups.setdefault(row["agent_id"], []).append((starts, 2, row["group_id"]))
    for row in service.tickets.values():
        if row["agent_id"]:
            tickets[row["agent_id"]] += 1
            groups.setdefault(row["agent_id"], []).append((row["opened"], 1, row["group_id"]))
    for rows in service.messages.values():
        for row in rows:
            if row["agent_id"]:
                messages[row["agent_id"]].append(row["sender"])
    expected = {
        (
            agent,
            max((named for named in groups.get(agent, []) if named[2]), default=(None,))[-1],
            set(messages[agent]) == {"bot"} and not shifts[agent] and not tickets[agent],
            shifts[agent],
            tickets[agent],
            len(messages[agent]),
        )
        for agent in {*groups, *messages}
    }
    actual = sample_brand.query(
        "select agent_id, agent_group_id, is_bot, shift_count, ticket_count, message_count"
        " from subject.dim_agents"
    )
    assert set(actual) == expected
    assert len(actual) == len(expected)
    assert {row[2] for row in expected} == {True, False}
    assert 0 in {row[3] for row in expected}


def test_no_text_holds_names_or_contact_details(sample_brand, service):
    written = sample_brand.working_query(
        "select nickname from raw.accounts union select email from raw.accounts"
        " union select phone from raw.accounts union select address from raw.accounts"
        " union select receiver_name from raw.orders union select receiver_phone from raw.orders"
        " union select receiver_address from raw.orders"
    )
    known = {usual(value).strip() for (value,) in written if value and len(value.strip()) > 1}
    numbers = {digits for value in known if len(digits := re.sub(r"\D", "", value)[-10:]) == 10}
    texts = {
        text
        for (text,) in sample_brand.query(
            "select message_text_redacted from subject.fct_ticket_messages"
            " union select review_text_redacted from subject.fct_reviews"
            " union select reply_text_redacted from subject.fct_reviews"
        )
        if text
    }
    raw_texts = {
        usual(row["text"]) for rows in service.messages.values() for row in rows if row["text"]
    }
    leaks = {(text, one) for text in texts for one in known if one in usual(text)}
    assert not leaks
    reached = {text for text in texts if re.search(r"\d", text)}
    digits_only = {re.sub(r"\D", "", usual(text)) for text in reached}
    assert not [text for text in digits_only if any(number in text for number in numbers)]
    # The rows that bite: what the texts held before.
    assert sum(any(one in text for one in known) for text in raw_texts) > 50
    assert all(f"[{what}]" in " ".join(texts) for what in ("phone", "email", "address", "name"))


def usual(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
