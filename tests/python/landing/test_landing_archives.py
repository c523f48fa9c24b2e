"""Zip archives land their members; an error names its member."""

import io
import struct
import zipfile

import pytest
from landing_samples import FILE, batches, scans

from ingest import archives


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_members_land_under_the_archive_and_their_own_names(brand):
    members = {"2024/b.csv": scans("B"), "a.csv": scans("A")}
    members |= {"__MACOSX/._a.csv": "x", ".DS_Store": ""}
    brand.write("wms/parcel_scans.zip", zipped(members))
    report = brand.land()
    assert (report.exit_code, report.warnings) == (0, [])
    assert batches(brand) == [
        (1, "wms/parcel_scans.zip/2024/b.csv", "B"),
        (2, "wms/parcel_scans.zip/a.csv", "A"),
    ]
    assert brand.land().total.unchanged_files == 2


@pytest.mark.parametrize("name", ["parcel_scans.csv", "parcel_scans/1.csv"])
def test_an_archive_without_a_table_uses_its_members_names(brand, name):
    brand.write("wms/export.zip", zipped({name: scans("A"), "notes.md": "x"}))
    report = brand.land()
    assert batches(brand) == [(1, f"wms/export.zip/{name}", "A")]
    assert "wms/export.zip/notes.md" in report.warnings[0]


def test_an_archive_in_a_tables_folder_belongs_to_that_table(brand):
    brand.write("wms/parcel_scans/2024.zip", zipped({"anything.csv": scans("A")}))
    brand.land()
    assert batches(brand) == [(1, "wms/parcel_scans/2024.zip/anything.csv", "A")]


def test_a_member_already_landed_unpacked_does_not_land_again(brand):
    brand.write("wms/parcel_scans.csv", scans("A"))
    brand.write("wms/parcel_scans_2.zip", zipped({"parcel_scans.csv": scans("A")}))
    report = brand.land()
    assert "same content as wms/parcel_scans.csv" in report.warnings[0]
    assert len(batches(brand)) == 1


def test_names_in_gbk_are_read(brand):
    content = zipped({"XXXX.csv": scans("A")})
    brand.write("wms/parcel_scans.zip", content.replace(b"XXXX", "订单".encode("gbk")))
    brand.land()
    assert batches(brand) == [(1, "wms/parcel_scans.zip/订单.csv", "A")]


def encrypted(content: bytes) -> bytes:
    """With the flag of a password in both headers."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(mark) + place
        content = content[:start] + struct.pack("<H", 1) + content[start + 2 :]
    return content


@pytest.mark.parametrize(
    "content, name, expected",
    [
        (encrypted(zipped({"a.csv": FILE})), "/a.csv", "asks for a password"),
        (zipped({"inner.zip": zipped({"a.csv": FILE})}), "/inner.zip", "archive inside an archive"),
        (zipped({"../a.csv": FILE}), "/../a.csv", "leads out of the archive"),
        (zipped({"/etc/a.csv": FILE}), "//etc/a.csv", "leads out of the archive"),
        (zipped({"a.csv": FILE})[:-30], "", "not a whole zip archive"),
        (zipped({}), "", "the archive holds no file"),
        (zipped({"a.csv": ""}), "/a.csv", "the file is empty (0 bytes)"),
    ],
)
def test_an_archive_that_cannot_be_unpacked_is_refused(brand, content, name, expected):
    brand.write("wms/parcel_scans_1.zip", content)
    brand.write("wms/parcel_scans_2.zip", zipped({"good.csv": scans("A")}))
    report = brand.land()
    (refusal,) = report.refusals
    assert refusal.startswith(f"wms/parcel_scans_1.zip{name}: ") and expected in refusal
    assert [row[2] for row in batches(brand)] == ["A"]


def test_a_damaged_member_is_refused(brand):
    content = zipped({"a.csv": FILE})
    middle = content.index(b"a.csv") + 40
    brand.write("wms/parcel_scans.zip", content[:middle] + b"\xff" * 9 + content[middle + 9 :])
    assert "the zip archive is damaged" in brand.land().refusals[0]


def test_a_zip_bomb_is_not_unpacked(brand, monkeypatch):
    monkeypatch.setattr(archives, "SUSPICIOUS_BYTES", 1 << 20)
    brand.write("wms/parcel_scans.zip", zipped({"a.csv": "0" * (2 << 20), "b.csv": scans("B")}))
    (refusal,) = brand.land().refusals
    assert "2 MiB are packed into 2 KiB, more than any export" in refusal
    assert [row[2] for row in batches(brand)] == ["B"]
