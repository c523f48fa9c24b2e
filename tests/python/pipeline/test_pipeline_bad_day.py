"""Bad days: errors are reported once, the rest goes on, nothing wrong is published."""


def alert(brand) -> str:
    """The one alert of this brand, as people read it."""
    (file,) = (brand.folder / "alerts").glob("*.txt")
    return file.read_text()


def test_bad_files_of_a_day(two_file_brand):
    brand = two_file_brand

    # An unmapped status stops the build and is named.
    brand.write(
        "oms/orders_monday.csv", "platform,order_id,account_id,created_at", "own_shop,7,eve,x"
    )
    brand.write(
        "oms/orders_tuesday.csv",
        "platform,order_id,account_id,created_at,paid_at,status",
        "own_shop,8,eve,2024-07-01 10:00:00,2024-07-01 10:05:00,paid",
        "own_shop,9,eve,2024-07-02 10:00:00,2024-07-02 10:05:00,teleported",
    )
    said = brand.build(expected_exit_code=1)
    assert "Unknown order status oms: 'teleported' (1 orders)" in said
    assert "seeds/order_statuses.csv" in said
    assert "readers keep the last publication" in said
    assert not brand.published_file.exists()
    told = alert(brand)
    assert "failed at dbt build" in told and "assert_every_order_status_is_known" in told
    assert "teleported" not in told, "an alert holds no value of a row"

    # Publishing by hand does not bypass it.
    by_hand = brand.run("orchestration", "swap")
    assert by_hand.returncode == 1
    assert "assert_every_order_status_is_known" in by_hand.stdout
    assert not brand.published_file.exists()

    # Corrected and sent again, nothing else touched by hand. A refused file: the others are
    # published; the exit code says so.
    brand.write(
        "oms/orders_tuesday.csv",
        "platform,order_id,account_id,created_at,paid_at,status",
        "own_shop,8,eve,2024-07-01 10:00:00,2024-07-01 10:05:00,paid",
        "own_shop,9,eve,2024-07-02 10:00:00,2024-07-02 10:05:00,shipped",
    )
    said = brand.build(expected_exit_code=1)
    assert "orders_monday.csv" in said
    assert "paid_at" in said and "status" in said
    # An order without lines is there; its amount is unknown, not zero.
    assert brand.query(
        "select order_id, order_status, is_valid, line_count, revenue_amount"
        " from subject.fct_orders where order_id in ('7', '8', '9') order by order_id"
    ) == [("8", "paid", True, 0, None), ("9", "shipped", True, 0, None)]


def test_impossible_raw_data_stops_before_the_models(two_file_brand):
    brand = two_file_brand
    brand.write(
        "oms/order_lines_bad.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price",
        *(f"own_shop,5,{number},B,4,-5" for number in range(1, 13)),
    )
    said = brand.build(expected_exit_code=1)
    rule = "A line with a negative price is a discount or a fee."
    assert f"failed: raw.order_lines: {rule} At most 80% of a file may break this rule." in said
    assert "oms/order_lines_bad.csv (batch 3): 12 of 12 row(s) break this rule" in said
    assert "line 2: unit_price = -5.0000" in said
    assert "accept order_lines 3 --rows 2-13 --reason" in said
    assert "select * from raw.order_lines where _batch_id = 3 and (unit_price < 0)" in said
    assert "check raw failed" in said
    assert "failed at check raw" in alert(brand)
    assert rule in alert(brand)
    assert not brand.published_file.exists()


def test_errors_are_clear_messages_without_tracebacks(tmp_path, two_file_brand):
    two_file_brand.sources = "oms,nonsense"
    said = two_file_brand.build(expected_exit_code=2)
    assert "nonsense" in said and "online_retail" in said

    two_file_brand.sources = "oms"
    two_file_brand.landing = tmp_path / "nowhere"
    said = two_file_brand.build(expected_exit_code=2)
    assert "nowhere" in said

    unbuilt = two_file_brand.run("orchestration", "query", "select 1")
    assert unbuilt.returncode == 2
    assert "make build" in unbuilt.stdout
