"""Names of time zones: IANA's, and those that shop systems and Windows show instead.

A spelling is read only if it names one zone. An offset (GMT+8) does not: places that share it
today may differ after the next change of clocks.
"""

import difflib
import re
import zoneinfo
from datetime import datetime, timedelta

# Ambiguous abbreviations: CST is used in China and in Chicago.
_AMBIGUOUS = """
    ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT EST HST IET IST JST MIT MST NET NST PLT
    PNT PRT PST SST VST EDT CDT MDT PDT
"""
AMBIGUOUS = frozenset(_AMBIGUOUS.split())
ZONES_OF_NAMES = {
    "Asia/Shanghai": "beijing, chongqing, shanghai, shenzhen, guangzhou, hangzhou, china,"
    " china standard time, china time, beijing time, 北京, 北京时间, 中国标准时间, 上海, 中国时间",
    "Asia/Hong_Kong": "hong kong, hongkong, hong kong time, hong kong standard time, 香港",
    "Asia/Taipei": "taipei, taipei standard time, 台北, 台北时间",
    "Asia/Macau": "macau, macao, 澳门",
    "Asia/Urumqi": "urumqi, 乌鲁木齐",
    "Asia/Tokyo": "tokyo, osaka, sapporo, tokyo standard time, japan standard time, 东京",
    "Asia/Seoul": "seoul, korea standard time, 首尔",
    "Asia/Singapore": "singapore, singapore standard time, 新加坡",
    "Asia/Kuala_Lumpur": "kuala lumpur, 吉隆坡",
    "Asia/Bangkok": "bangkok, se asia standard time, 曼谷",
    "Asia/Ho_Chi_Minh": "ho chi minh, ho chi minh city, hanoi",
    "Asia/Jakarta": "jakarta, 雅加达",
    "Asia/Manila": "manila, 马尼拉",
    "Asia/Kolkata": "kolkata, mumbai, chennai, new delhi, india standard time",
    "Asia/Dubai": "dubai, abu dhabi, arabian standard time, 迪拜",
    "Asia/Riyadh": "riyadh, arab standard time",
    "Asia/Jerusalem": "jerusalem, israel standard time",
    "Asia/Karachi": "karachi, islamabad, pakistan standard time",
    "Australia/Sydney": "sydney, aus eastern standard time, 悉尼",
    "Australia/Melbourne": "melbourne, 墨尔本",
    "Australia/Brisbane": "brisbane, e. australia standard time",
    "Australia/Perth": "perth, w. australia standard time",
    "Pacific/Auckland": "auckland, wellington, new zealand standard time",
    "Europe/London": "london, edinburgh, gmt standard time, 伦敦",
    "Europe/Dublin": "dublin",
    "Europe/Lisbon": "lisbon",
    "Europe/Paris": "paris, romance standard time, 巴黎",
    "Europe/Berlin": "berlin, w. europe standard time, 柏林",
    "Europe/Madrid": "madrid",
    "Europe/Rome": "rome",
    "Europe/Amsterdam": "amsterdam",
    "Europe/Brussels": "brussels",
    "Europe/Vienna": "vienna",
    "Europe/Stockholm": "stockholm",
    "Europe/Copenhagen": "copenhagen",
    "Europe/Warsaw": "warsaw",
    "Europe/Prague": "prague",
    "Europe/Athens": "athens",
    "Europe/Istanbul": "istanbul, turkey standard time",
    "Europe/Moscow": "moscow, st. petersburg, russian standard time, 莫斯科",
    "Africa/Johannesburg": "pretoria, johannesburg, south africa standard time",
    "Africa/Cairo": "cairo, egypt standard time",
    "Africa/Lagos": "lagos",
    "America/New_York": "eastern time, eastern time (us & canada), eastern standard time,"
    " us/eastern time, new york, 纽约",
    "America/Chicago": "central time, central time (us & canada), central standard time, chicago",
    "America/Denver": "mountain time, mountain time (us & canada), mountain standard time, denver",
    "America/Phoenix": "arizona, us mountain standard time, phoenix",
    "America/Los_Angeles": "pacific time, pacific time (us & canada), pacific standard time,"
    " los angeles, san francisco, seattle, 洛杉矶",
    "America/Anchorage": "alaska, alaskan standard time",
    "Pacific/Honolulu": "hawaii, hawaiian standard time, honolulu",
    "America/Halifax": "atlantic time (canada), atlantic standard time, halifax",
    "America/St_Johns": "newfoundland, newfoundland standard time",
    "America/Toronto": "toronto",
    "America/Vancouver": "vancouver",
    "America/Mexico_City": "mexico city, guadalajara",
    "America/Bogota": "bogota",
    "America/Lima": "lima",
    "America/Sao_Paulo": "sao paulo, são paulo, brasilia, e. south america standard time",
    "America/Argentina/Buenos_Aires": "buenos aires, argentina standard time",
    "America/Santiago": "santiago",
    "UTC": "coordinated universal time, utc, etc/utc",
}
SPELLINGS = {
    spelling.strip(): zone for zone, line in ZONES_OF_NAMES.items() for spelling in line.split(",")
}
SPELLINGS["beijing, chongqing, hong kong, urumqi"] = "Asia/Shanghai"
# (GMT+08:00) Beijing, (UTC-05:00) Eastern Time (US & Canada), GMT+8 Beijing.
SHOWN_OFFSET = re.compile(
    r"^\(?(?:(?:GMT|UTC) *(?P<offset>[+-] *\d{1,2}(?::?\d\d)?)?)\)? *(?P<rest>.*)$", re.IGNORECASE
)
BARE_OFFSET = re.compile(r"^\(?(?:GMT|UTC)? *[+-] *\d{1,2}(?::?\d\d)?\)?$", re.IGNORECASE)
ZONES_OF_OFFSETS = {
    "+8": "Asia/Shanghai",
    "+9": "Asia/Tokyo",
    "+7": "Asia/Bangkok",
    "+0": "Europe/London",
    "+1": "Europe/Berlin",
    "-5": "America/New_York",
    "-6": "America/Chicago",
    "-7": "America/Denver",
    "-8": "America/Los_Angeles",
    "-3": "America/Sao_Paulo",
}


def zone_of(text: str, known: dict[str, str]) -> tuple[str | None, str]:
    """The IANA name that a text means, or None and the end of an error message.

    `known` has the names by their lower case: those that both the warehouse and IANA know.
    """
    lower = " ".join(text.casefold().split())
    if text.upper() not in AMBIGUOUS:
        found = known.get(lower.replace(" ", "_")) or SPELLINGS.get(lower)
        if found:
            return found, ""
    shown = SHOWN_OFFSET.match(text)
    if shown and shown["rest"]:
        rest = shown["rest"].strip().casefold()
        # Several cities of one zone: "Beijing, Chongqing, Hong Kong, Urumqi" are of three.
        zones = {
            SPELLINGS.get(name.strip()) or known.get(name.strip())
            for name in ([rest] if rest in SPELLINGS else re.split(r"[,，、]", rest))
        }
        zone = zones.pop() if len(zones) == 1 else None
        if zone is not None and _has_offset(zone, shown["offset"]):
            return zone, ""
    return None, f" is not a time zone of the IANA list; write {_nearest(text, known)}"


def _has_offset(zone: str, offset: str | None) -> bool:
    """Whether the zone has this UTC offset in January or in July."""
    if offset is None:
        return True
    sign, hours, minutes = re.match(r"([+-]) *(\d{1,2}):?(\d\d)?", offset).groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    clock = zoneinfo.ZoneInfo(zone)
    return distance in {datetime(2024, month, 1, tzinfo=clock).utcoffset() for month in (1, 7)}


def known_zones(names: list[str]) -> dict[str, str]:
    """Names by their lower case, without those that are ambiguous or that IANA does not have."""
    iana = zoneinfo.available_timezones()
    return {
        name.casefold(): name
        for name in names
        if name in iana and name not in AMBIGUOUS and not name.startswith(("posix", "right"))
    }


def _nearest(text: str, known: dict[str, str]) -> str:
    """What the writer may have meant, as an example of a name."""
    if BARE_OFFSET.match(text) or SHOWN_OFFSET.match(text):
        offset = re.search(r"([+-]) *0?(\d{1,2})", text)
        zone = ZONES_OF_OFFSETS.get("".join(offset.groups())) if offset else None
        if zone:
            return f"the name of a place with this offset, such as {zone}"
    if text.upper() in AMBIGUOUS:
        return "which place is meant, such as Asia/Shanghai or America/Chicago"
    place = text.casefold().rpartition("/")[2].replace(" ", "_")
    places = {name.rpartition("/")[2]: zone for name, zone in known.items()}
    close = difflib.get_close_matches(place, places, 1) or difflib.get_close_matches(
        text.casefold(), known, 1
    )
    nearest = places.get(close[0]) or known[close[0]] if close else "Asia/Shanghai"
    return f"a name such as {nearest}" if not close else f"{nearest}, if that is meant"
