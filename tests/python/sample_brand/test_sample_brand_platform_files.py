"""The sample brand as files of its platforms: the same bytes, their forms, owner of the folder."""

import csv
import dataclasses
from pathlib import Path

import pytest
from sample_brand.test_sample_brand_runs import digest, silent

from ingest.exports.landing import platforms
from ingest.sample_brand import Options, SampleBrandError, generate
from ingest.sample_brand.platform_files import __main__ as command
from ingest.sample_brand.platform_files import write_platform_files
from ingest.sample_brand.platform_files.headers import HEADERS


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Options:
    folder = tmp_path_factory.mktemp("written")
    options = Options(folder / "exports", folder, scale=0.05, days=60)
    write_platform_files(options, silent)
    return options


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    other = dataclasses.replace(written, landing_dir=tmp_path / "other")
    write_platform_files(other, silent, threads=1)
    assert digest(other.landing_dir) == digest(written.landing_dir)
    reseeded = dataclasses.replace(written, landing_dir=tmp_path / "reseeded", seed=8)
    write_platform_files(reseeded, silent)
    assert digest(reseeded.landing_dir) != digest(written.landing_dir)


def test_each_shop_of_a_platform_has_a_folder(written):
    folders = {path.parent for path in written.landing_dir.rglob("*.*") if path.name[0] != "."}
    shops = {tuple(folder.relative_to(written.landing_dir).parts) for folder in folders}
    assert {len(shop) for shop in shops} == {2}
    assert len(shops) == 8 and ("tmall", "tm02") in shops
    assert {platform for platform, _ in shops} < platforms()


def test_files_are_written_as_their_platforms_write_them(written):
    def content(name: str) -> bytes:
        return (written.landing_dir / name).read_bytes()

    orders = content("tmall/tm01/ExportOrderList202407.csv").decode("gb18030")
    assert orders.startswith("订单编号,买家会员名") and '"=""24' in orders and "元" in orders
    wallet = content("tmall/tm01/账务明细202407.csv").decode("gb18030").split("\r\n")
    assert wallet[0].startswith("#") and wallet[2].startswith("#起始日期：[2024年07月01日")
    assert wallet[4].split(",") == list(HEADERS["alipay_wallet"])
    assert wallet[5].endswith("\t") or wallet[5].endswith(",")
    assert wallet[-2].startswith("#导出时间")
    assert content("douyin/dy01/订单列表202407.csv").startswith('\ufeff"主订单编号"'.encode())
    assert b'\r\n"\t69' in content("douyin/dy01/订单列表202407.csv")
    settlement = content("amazon/am01/settlement_20240701.txt").decode().splitlines()
    first = dict(zip(*(line.split("\t") for line in settlement[:2]), strict=True))
    assert first["total-amount"] and not first["amount"]
    text = content("shopify/us01/orders_export_202407.csv").decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows[0]) == 79
    several = [
        row for row, above in zip(rows[1:], rows, strict=False) if row["Name"] == above["Name"]
    ]
    assert several and not any(row["Total"] or row["Financial Status"] for row in several)


def test_the_same_files_are_left_alone_and_other_ones_are_refused(written, tmp_path):
    said = []
    assert write_platform_files(written, said.append) == 0
    assert said == [f"the same files already stand in {written.landing_dir}"]
    with pytest.raises(SampleBrandError, match="seed 20240701, asked for 9"):
        write_platform_files(dataclasses.replace(written, seed=9), silent)
    plain = dataclasses.replace(written, landing_dir=tmp_path / "plain", scale=0.02)
    generate(plain, silent)
    with pytest.raises(SampleBrandError, match="holds another sample brand"):
        write_platform_files(plain, silent)


def test_the_command_refuses_a_folder_with_files_of_the_user(tmp_path, capsys):
    own = tmp_path / "target" / "orders.csv"
    own.parent.mkdir()
    own.write_text("mine")
    arguments = ["--days", "30", "--scale", "0.02", "--warehouse-dir", str(tmp_path / "warehouse")]
    assert command.main([*arguments, "--target", str(own.parent)]) == 2
    assert "has files of yours; give another --target" in capsys.readouterr().err
    assert [path.name for path in own.parent.iterdir()] == ["orders.csv"]
    assert command.main([*arguments, "--scale", "many"]) == 2
    assert command.main(arguments) == 0
    assert "files in" in capsys.readouterr().out
    written = tmp_path / "warehouse" / "exports-sample" / "exports"
    assert {path.name for path in written.iterdir() if path.is_dir()} == {
        *("tmall", "taobao", "jd", "pinduoduo", "douyin", "shopify", "amazon")
    }


def test_a_stopped_run_leaves_nothing(tmp_path, monkeypatch):
    options = Options(tmp_path / "exports", tmp_path, scale=0.02, days=30)

    def stop(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(SampleBrandError, match="free some space there"):
        write_platform_files(options, silent)
    assert list(tmp_path.iterdir()) == []
