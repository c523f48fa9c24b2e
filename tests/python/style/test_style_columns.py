"""Every public column is described in business words, and says its unit."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

DOC_BLOCK = re.compile(r"{% docs (\w+) %}(.*?){% enddocs %}", re.DOTALL)
DOC_CALL = re.compile(r"{{ doc\('(\w+)'\) }}")
# Ending of a name → what its description has to say, and how to say it. A `_count` says what it
# counts: more than its name.
UNITS = {
    "amount": (r"currency", "the currency: `in currency_code`, `in the reporting currency` …"),
    "rate": (r"0–1", "the range: `0–1`"),
    "share": (r"0–1", "the range: `0–1`"),
    "days": (r"\bdays?\b", "that it is in days"),
    "hours": (r"\bhours\b", "that it is in hours"),
    "minutes": (r"\bminutes\b", "that it is in minutes"),
    "seconds": (r"\bseconds\b", "that it is in seconds"),
    "at": (r"\bUTC\b", "that it is in UTC"),
    "date": (
        r"business day|purchase date|time zone|as-of date|calendar day|month",
        "whose day it is: `business day` (of the shop), `purchase date`, `calendar day` …",
    ),
}
OF_NO_MEANING = {"the", "of", "a", "an", "its", "it", "and", "is", "in", "on", "or", "to", "that"}
ENDING = re.compile(r"(ies|es|s|ed|ing|e|y)$")


@dataclass(frozen=True)
class Column:
    mart: str
    name: str
    data_type: str
    description: str


def public_columns(models: Path) -> list[Column]:
    """Every column of the subject and thematic marts, with its doc blocks written out."""
    blocks = {
        name: text
        for path in models.rglob("_columns.md")
        for name, text in DOC_BLOCK.findall(path.read_text())
    }
    return [
        Column(
            model["name"],
            column["name"],
            column["data_type"],
            DOC_CALL.sub(lambda call: blocks[call[1]], column.get("description") or ""),
        )
        for layer in ("subject", "thematic")
        for path in sorted((models / layer).rglob("*.yml"))
        for model in (yaml.safe_load(path.read_text()) or {}).get("models") or []
        for column in model.get("columns") or []
    ]


def without_unit(column: Column) -> str | None:
    """What the description of a column has to say and does not, or None."""
    ending = column.name.rsplit("_", 1)[-1]
    needed, how = UNITS.get(ending, ("", ""))
    if column.data_type == "boolean" or re.search(needed, column.description, re.IGNORECASE):
        return None
    return f"{column.mart}.{column.name}: say {how}"


def says_its_name_again(column: Column) -> bool:
    """Whether the description has no word that the name does not have."""
    return not _stems(column.description) - _stems(column.name)


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.lower().replace("'s", ""))
    return {ENDING.sub("", word) for word in words if word not in OF_NO_MEANING}


def test_every_column_says_its_unit(project_dir):
    columns = public_columns(project_dir / "models")
    endings = {column.name.rsplit("_", 1)[-1] for column in columns}
    assert set(UNITS) - endings <= {"seconds"}
    wrong = [problem for problem in map(without_unit, columns) if problem]
    assert not wrong, "\n".join(wrong)


def test_every_column_says_more_than_its_name(project_dir):
    wrong = [
        f"{column.mart}.{column.name}: {column.description.strip() or 'nothing'}"
        for column in public_columns(project_dir / "models")
        if says_its_name_again(column)
    ]
    assert not wrong, "say what it means in business words:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "description", "is_right"),
    [
        ("fee_amount", "What the platform keeps, in currency_code.", True),
        ("fee_amount", "What the platform keeps.", False),
        ("amount", "What was moved.", False),
        ("late_rate", "Late ÷ delivered parcels, 0–1.", True),
        ("late_rate", "Late ÷ delivered parcels.", False),
        ("recency_days", "Days since the latest purchase.", True),
        ("recency_days", "Since the latest purchase.", False),
        ("shipped_at", "When it left, UTC.", True),
        ("shipped_at", "When it left.", False),
        ("shipped_date", "Business day on which it left.", True),
        ("shipped_date", "Day on which it left.", False),
        ("order_id", "The source's id.", True),
    ],
)
def test_a_missing_unit_is_named(name, description, is_right):
    problem = without_unit(Column("fct_parcels", name, "varchar", description))
    assert (problem is None) == is_right
    assert is_right or problem.startswith(f"fct_parcels.{name}: say ")


@pytest.mark.parametrize(
    ("name", "description", "again"),
    [
        ("event_count", "Count of the events.", True),
        ("order_count", "", True),
        ("order_count", "Valid orders.", False),
        ("warehouse_name", "The warehouse's name.", True),
    ],
)
def test_a_name_said_again_is_found(name, description, again):
    assert says_its_name_again(Column("fct_parcels", name, "bigint", description)) == again
