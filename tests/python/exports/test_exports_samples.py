"""Made-up files in the layouts of the first eight platforms land as what they mean."""

import importlib
import re
from decimal import Decimal
from pathlib import Path

import pytest
from export_sample import Sample

from ingest.exports.layouts import layouts, tables

SAMPLES = [
    sample
    for path in sorted((Path(__file__).parent / "samples").glob("*.py"))
    for sample in importlib.import_module(f"samples.{path.stem}").SAMPLES
]


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_a_sample_lands_as_what_it_means(brand, sample: Sample):
    brand.write(f"exports/{sample.file_name}", sample.content)
    report = brand.land()
    assert not report.refusals, report.refusals
    assert not report.total.rows_rejected, brand.rejected()
    assert not [warning for warning in report.warnings if "is not read" in warning]
    table = tables()[layouts()[sample.layout].table]
    roles = sorted({role for row in sample.rows for role in row})
    named = ", ".join(f'"{role}"' for role in roles)
    landed = brand.query(
        f"select layout, {named} from raw.{table.raw_name} order by _source_row, rowid"
    )
    assert {row[0] for row in landed} <= {sample.layout}
    found = [dict(zip(roles, row[1:], strict=True)) for row in landed]
    wanted = [{role: row.get(role, "anything") for role in roles} for row in sample.rows]
    assert len(found) == len(wanted), found
    for number, (one, other) in enumerate(zip(found, wanted, strict=True), start=1):
        told = {
            role: (shown(one[role]), shown(value))
            for role, value in other.items()
            if value != "anything" and shown(one[role]) != shown(value)
        }
        assert not told, f"row {number}: found, wanted {told}"


def test_samples_of_all_layouts_land_together(brand):
    for number, sample in enumerate(SAMPLES):
        platform = sample.file_name.split("/")[0] if "/" in sample.file_name else None
        folder = platform or layouts()[sample.layout].platform
        file_name = sample.file_name.split("/")[-1]
        brand.write(f"exports/{folder}/{number}/{file_name}", sample.content)
    report = brand.land()
    assert not report.refusals, report.refusals
    assert report.total.rows_landed == sum(len(sample.rows) for sample in SAMPLES)


def shown(value: object) -> str | None:
    """A value as its sample writes it: amounts without ends of noughts, times without seconds'."""
    if value is None:
        return None
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    return re.sub(r" 00:00:00$", "", str(value))


def test_every_kind_of_the_first_eight_is_there():
    sampled = {layouts()[sample.layout].platform for sample in SAMPLES}
    assert len(SAMPLES) > 30
    assert {"taobao", "jd", "pinduoduo", "douyin", "shopify", "amazon"} <= sampled
