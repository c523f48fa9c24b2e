"""The country whose holidays count for a shop, by its platform and its time zone.

A platform's country holds for shops in its own zone, or without a zone; a shop elsewhere is in
the country of its zone. Only countries with holidays in the seed matter: any other has no known
holidays, and a day on which its shops are closed must be accepted.
"""

from ingest.conversion import literal
from ingest.settings import PROJECT_DIR

ZONES = {
    "CN": "Asia/Shanghai Asia/Chongqing Asia/Harbin Asia/Urumqi PRC",
    "US": "America/New_York America/Detroit America/Chicago America/Denver America/Boise"
    " America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu US/Eastern US/Central"
    " US/Mountain US/Pacific",
    "GB": "Europe/London GB",
    "BR": "America/Sao_Paulo America/Bahia America/Belem America/Cuiaba America/Fortaleza"
    " America/Maceio America/Manaus America/Recife",
}
# These have no country.
NOWHERE = "(time_zone is null or time_zone = 'UTC' or time_zone like 'Etc/%')"


def zone_country(zone: str) -> str:
    """SQL of the country of a time zone, null for other countries."""
    cases = " ".join(
        f"when {zone} in ({', '.join(map(literal, zones.split()))}) then {literal(country)}"
        for country, zones in ZONES.items()
    )
    return f"case {cases} end"


def shop_country(shop: str, platform: str) -> str:
    """SQL of a shop's country, from relations with `time_zone`, and `country_code` of platforms."""
    nowhere = NOWHERE.replace("time_zone", f"{shop}.time_zone")
    return (
        f"coalesce(case when {nowhere} or {shop}.time_zone = {platform}.time_zone"
        f" then {platform}.country_code end, {zone_country(f'{shop}.time_zone')})"
    )


def seed(name: str) -> str:
    """SQL of the path of a seed."""
    return literal(str(PROJECT_DIR / "seeds" / f"{name}.csv"))


def platform_countries(has_shops: bool) -> str:
    """The query of platforms and the countries of their shops (platform, country_code).

    `has_shops`: whether raw.shops exists.
    """
    of_platforms = (
        "select platform_code as platform, country_code"
        f" from read_csv({seed('platforms')}) where country_code is not null"
    )
    if not has_shops:
        return of_platforms
    return (
        f"{of_platforms} union select shops.platform, {shop_country('shops', 'platforms')}"
        f" from raw.shops left join read_csv({seed('platforms')}) as platforms"
        " on shops.platform = platforms.platform_code"
    )
