"""The customer of each account on each day, in plain Python, from the facts up to that day."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import md5


@dataclass(frozen=True)
class Version:
    """An account as it was sent: phone and e-mail (None: missing or not usable), or its end."""

    day: date
    phone: str | None
    email: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True)
class Order:
    """The receiver of an order; None where phone, address or name is not usable."""

    day: date
    phone: str | None
    address: str | None
    name: str | None


@dataclass
class Account:
    """One account: when it was registered (a rank), its versions in order, its orders.

    A guest has no versions; all of its orders go to one phone.
    """

    key: str
    registered: int
    versions: list[Version] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    is_guest: bool = False

    @property
    def seniority(self) -> tuple[int, str]:
        """Accounts that were registered at once stand in the order of their keys."""
        return self.registered, md5(f"p\x1f\x1f{self.key}".encode()).hexdigest()

    def version_on(self, day: date) -> Version | None:
        """Its last version by the end of a day, unless it is deleted."""
        known = [version for version in self.versions if version.day <= day]
        return known[-1] if known and not known[-1].is_deleted else None

    def phone_on(self, day: date) -> str | None:
        version = self.version_on(day)
        return version and version.phone


@dataclass(frozen=True)
class Limits:
    """Identifiers with more accounts, or addresses with more names, are ignored."""

    accounts: int
    names: int


STRENGTH = ["account_phone", "account_email", "guest_phone", "receiver_phone", "address_and_name"]


def identifiers(account: Account, day: date, crowded: set[str]) -> dict[tuple[str, ...], set[str]]:
    """The identifiers of an account at the end of a day → their reasons."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    if phone := account.phone_on(day):
        found["phone", phone].add("account_phone")
    if (version := account.version_on(day)) and version.email:
        found["email", version.email].add("account_email")
    orders = [order for order in account.orders if order.day <= day]
    phones = Counter(order.phone for order in orders if order.phone)
    for phone, count in phones.items():
        if account.is_guest:
            found["phone", phone].add("guest_phone")
        if count >= 2 and 2 * count > len(orders):
            found["phone", phone].add("receiver_phone")
    receivers = Counter(
        (order.address, order.name) for order in orders if order.address and order.name
    )
    for (address, name), count in receivers.items():
        own = any(
            account.phone_on(order.day) in (None, order.phone)
            for order in orders
            if (order.address, order.name) == (address, name)
        )
        if address not in crowded and 2 * count > len(orders) and (count >= 2 or own):
            found["address", address, name].add("address_and_name")
    return found


def crowded_addresses(accounts: list[Account], day: date, limit: int) -> set[str]:
    """Addresses to which parcels went for more names than `limit`, by the end of a day."""
    names: dict[str, set[str]] = defaultdict(set)
    for account in accounts:
        for order in account.orders:
            if order.day <= day and order.address and order.name:
                names[order.address].add(order.name)
    return {address for address, found in names.items() if len(found) > limit}


def customers_on(
    accounts: list[Account], day: date, limits: Limits
) -> dict[str, tuple[str, str | None]]:
    """Account → its customer at the end of a day, and its strongest link."""
    crowded = crowded_addresses(accounts, day, limits.names)
    held = {account.key: identifiers(account, day, crowded) for account in accounts}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, found in held.items():
        for identifier in found:
            holders[identifier].append(key)
    linking = {
        identifier: keys
        for identifier, keys in holders.items()
        if 2 <= len(keys) <= limits.accounts
    }
    groups = {account.key: {account.key} for account in accounts}
    for keys in linking.values():
        together = set().union(*(groups[key] for key in keys))
        for key in together:
            groups[key] = together
    rank = {account.key: account.seniority for account in accounts}
    result = {}
    for key, found in held.items():
        reasons = {
            reason
            for identifier, given in found.items()
            if identifier in linking
            for reason in given
        }
        strongest = next((reason for reason in STRENGTH if reason in reasons), None)
        result[key] = (min(groups[key], key=rank.__getitem__), strongest)
    return result
