"""Currency codes (ISO 4217), and the signs and words that people write instead."""

import difflib

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_CODES.split())
# ¥ and ￥ mean yuan: this warehouse is for brands that sell in China.
WORDS = {
    **dict.fromkeys(("RMB", "CNH", "¥", "￥", "元", "人民币", "人民币元", "RMB¥", "CN¥"), "CNY"),
    **dict.fromkeys(("US$", "USD$", "美元", "美金"), "USD"),
    **dict.fromkeys(("HK$", "港币", "港元"), "HKD"),
    **dict.fromkeys(("NT$", "新台币", "台币"), "TWD"),
    **dict.fromkeys(("€", "欧元"), "EUR"),
    **dict.fromkeys(("JP¥", "日元", "日圆"), "JPY"),
    **dict.fromkeys(("澳门元", "澳门币"), "MOP"),
    **dict.fromkeys(("S$", "新加坡元", "新元"), "SGD"),
    **dict.fromkeys(("A$", "AU$", "澳元"), "AUD"),
    **dict.fromkeys(("C$", "CA$", "加元"), "CAD"),
    **dict.fromkeys(("R$", "雷亚尔"), "BRL"),
    **dict.fromkeys(("英镑",), "GBP"),
    **dict.fromkeys(("韩元", "₩"), "KRW"),
}
SEVERAL = {"$": "USD, HKD, AUD or another dollar", "£": "GBP or another pound"}


def currency_of(text: str) -> tuple[str | None, str]:
    """The code that a text means, or None and the end of an error message."""
    upper = text.upper()
    code = upper if upper in CODES else WORDS.get(upper)
    if code:
        return code, ""
    if upper in SEVERAL:
        return None, f" is the sign of several currencies; write the code, {SEVERAL[upper]}"
    close = difflib.get_close_matches(upper, CODES, 1)
    return None, (
        " is not a currency code of ISO 4217; write "
        + (f"{close[0]}, if that is meant" if close else "a code such as CNY")
    )
