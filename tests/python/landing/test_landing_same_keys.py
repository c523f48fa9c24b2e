"""Conflicting rows of one key: counted and reported with lines; too many refuse the file."""

import pytest
from landing_samples import GOOD, HEADER

SAID = "contradict another row of their key"
SCAN = "T0,2024-01-05 08:00:00,in_transit,"
FIRST = GOOD[0].strip()


def said(report) -> list[str]:
    """The warnings about such rows."""
    return [warning for warning in report.warnings if SAID in warning]


def of_good(*lines: str) -> str:
    """Forty good scans, of which line 2 is the first, and these behind them."""
    return HEADER + "".join([*GOOD, *(f"{line}\n" for line in lines)])


def test_conflicting_rows_are_reported_with_lines_key_and_columns(brand, land_scans):
    assert said(land_scans(of_good(SCAN + "北京"))) == [
        "wms/parcel_scans.csv: 1 of 41 rows contradict another row of their key, and nothing says"
        " which is later: line 42 and line 2 (tracking_no T0, scanned_at 2024-01-05 08:00:00,"
        " scan_code in_transit) differ in city; the last one counts. Send an updated_at that"
        " tells them apart, or one row a key"
    ]
    assert brand.query("select rows_landed, rows_same_key from raw.load_log") == [(41, 1)]


@pytest.mark.parametrize(
    "line, told",
    [
        (FIRST, 0),
        (FIRST.replace("in_transit", "IN_TRANSIT"), 0),
        (SCAN.replace("in_transit", "IN_TRANSIT") + "北京", 1),
        (SCAN, 1),
        (SCAN.replace("T0", "t0") + "北京", 0),
        (SCAN.replace(":00,", ":01,") + "北京", 0),
    ],
)
def test_equal_rows_and_distinct_keys_do_not_conflict(land_scans, line, told):
    assert len(said(land_scans(of_good(line)))) == told


@pytest.mark.parametrize(
    "column, values, told",
    [
        ("updated_at", ("2024-01-06", "2024-01-07"), 0),
        ("updated_at", ("2024-01-06 08:00:00+08:00", "2024-01-06 08:00:00+09:00"), 0),
        ("updated_at", ("2024-01-06", ""), 0),
        # A log writes two states in one second.
        ("updated_at", ("2024-01-06", "2024-01-06"), 0),
        ("is_deleted", ("true", "true"), 0),
        ("is_deleted", ("false", "true"), 0),
    ],
)
def test_ordered_or_deleted_rows_do_not_conflict(land_scans, column, values, told):
    cities = zip(("上海", "北京"), values, strict=True)
    lines = [f"{SCAN}{city},{value}\n" for city, value in cities]
    report = land_scans(HEADER.strip() + f",{column}\n" + "".join(lines))
    assert not report.refusals
    assert len(said(report)) == told


@pytest.mark.parametrize("count, lands", [(2, True), (3, False)])
def test_a_file_with_too_many_conflicts_is_refused(land_scans, count, lands):
    report = land_scans(of_good(*(f"{SCAN}{number}" for number in range(count))))
    assert len(said(report)) == lands
    assert len(report.refusals) == (not lands)
    if not lands:
        assert "line 42 and line 2" in report.refusals[0]
        assert (
            "above the limit of 5 % (models/staging/wms/_wms__sources.yml, same_key_limit)."
            " Send an updated_at that tells them apart" in report.refusals[0]
        )


@pytest.mark.parametrize(
    "one, other, told",
    [
        ("parcel_scans_2024-01-05_a.csv", "parcel_scans_2024-01-05_b.csv", 1),
        ("parcel_scans_a.csv", "parcel_scans_b.csv", 1),
        ("parcel_scans_2024-01-05.csv", "parcel_scans_2024-01-06.csv", 0),
    ],
)
def test_rows_conflict_across_files_of_one_delivery(brand, one, other, told):
    brand.write(f"wms/{one}", of_good())
    brand.write(f"wms/{other}", HEADER + SCAN + "北京\n" + GOOD[1])
    report = brand.land()
    assert not report.refusals
    warnings = said(report)
    assert len(warnings) == told
    if told:
        assert warnings[0].startswith(f"wms/{other}: 1 of 2 rows")
        assert f"line 2 and line 2 of wms/{one}" in warnings[0]


PAYMENTS = "platform,payment_id,order_id,stage,amount,status\n"


@pytest.mark.parametrize(
    "line, told",
    [
        ("tmall,P1,O2,full,7,succeeded", 0),
        ("tmall,P1,O1,balance,7,succeeded", 0),
        ("jd,P1,O1,full,7,succeeded", 0),
        ("tmall,P1,O1,full,7,succeeded", 1),
        ("TMALL,P1,O1,full,7,succeeded", 1),
        ("tmall,P1,O1,Full,7,succeeded", 1),
        ("tmall,P1,O1,Full,5,succeeded", 0),
    ],
)
def test_parts_of_one_key_do_not_conflict(order_brand, line, told):
    order_brand.write("oms/payments.csv", f"{PAYMENTS}tmall,P1,O1,full,5,succeeded\n{line}\n")
    assert len(said(order_brand.land())) == told


@pytest.mark.parametrize("later, told", [("10:00:00", 1), ("10:00:01", 0)])
def test_parts_with_equal_updated_at_have_no_order(order_brand, later, told):
    """A payment by two means, of which an export stamps both rows with one time."""
    order_brand.write(
        "oms/payments.csv",
        f"{PAYMENTS.strip()},updated_at\n"
        "tmall,P1,O1,full,60,succeeded,2024-11-05 10:00:00\n"
        f"tmall,P1,O1,full,40,succeeded,2024-11-05 {later}\n",
    )
    assert len(said(order_brand.land())) == told


@pytest.mark.parametrize(
    "other, told",
    [
        ("tmall,P1,O2,full,7,succeeded", 0),
        ("tmall,P1,O1,full,7,succeeded", 1),
        ("tmall,P1,O1,full,5,succeeded\ntmall,P1,O2,full,7,succeeded", 0),
        ("tmall,P1,O1,full,5,succeeded", 0),
        ("tmall,P1,O3,full,9,succeeded", 0),
        ("tmall,P1,O3,full,5,succeeded\ntmall,P1,O1,full,5,succeeded", 0),
    ],
)
def test_parts_in_two_files_conflict_if_they_share_one(order_brand, other, told):
    order_brand.write("oms/payments_a.csv", f"{PAYMENTS}tmall,P1,O1,full,5,succeeded\n")
    order_brand.write("oms/payments_b.csv", f"{PAYMENTS}{other}\nx,x,x,full,1,succeeded\n")
    assert len(said(order_brand.land())) == told


@pytest.mark.parametrize(
    "one, other, told",
    [
        ("1,5\n2,6", "3,7", 0),
        ("1,5\n2,6", "1,5\n2,6\n3,7", 0),
        ("1,5\n2,6", "2,6\n3,7", 1),
        ("1,5\n2,6", "2,7\n1,5", 1),
    ],
)
def test_a_line_missing_from_the_later_file_is_reported(order_brand, one, other, told):
    header = "order_id,line_no,unit_price,quantity,sku_id,platform\n"
    for name, lines in (("a", one), ("b", other)):
        rows = "".join(f"O1,{line},1,A,tmall\n" for line in lines.split("\n"))
        others = "".join(f"{name}{number},1,9,1,A,tmall\n" for number in range(40))
        order_brand.write(f"oms/order_lines_{name}.csv", header + rows + others)
    warnings = said(order_brand.land())
    assert len(warnings) == told
    if told:
        assert warnings[0].startswith("oms/order_lines_b.csv: 1 of 4")


def test_rows_that_all_count_do_not_conflict(brand):
    brand.sources.append("marketing")
    spent = "2024-01-05,tmall,C1,"
    brand.write("marketing/ad_spend.csv", f"spend_on,platform,campaign_id,cost\n{spent}5\n{spent}7")
    assert not said(brand.land())
    assert brand.query("select count(*) from raw.ad_spend") == [(2,)]


def test_a_key_of_file_and_line_is_never_shared(brand):
    brand.sources.append("olist")
    header = "geolocation_zip_code_prefix,geolocation_city\n"
    brand.write(
        "olist/olist_geolocation_dataset.csv", f"{header}01037,sao paulo\n01037,são paulo\n"
    )
    assert not said(brand.land())
    assert brand.query("select count(*) from raw.olist_geolocation") == [(2,)]
