"""The report of a real Tmall shop lands as a download, with its known answers."""

from decimal import Decimal

from landing.conftest import Brand


def test_a_real_report_of_a_shop_has_its_known_answers(real_data_dir, tmp_path):
    brand = Brand(tmp_path, ["exports"])
    report = real_data_dir / "tmall" / "tmall_order_report.csv"
    brand.write("exports/tmall/main/Book1.csv", report.read_bytes())
    assert brand.land().exit_code == 0
    found = brand.query("""
        select
            platform, count(*), count(paid_at),
            sum(order_payable_amount) filter (where paid_at is not null),
            sum(order_refunded_amount), count(*) filter (where order_refunded_amount > 0)
        from raw.exports_order_rows group by platform
    """)
    paid, refunded = Decimal("2474823.0700"), Decimal("572335.9200")
    assert found == [("tmall", 28010, 24087, paid, refunded, 5646)]
