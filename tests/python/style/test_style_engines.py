"""SQL that both engines take: what DuckDB allows and Spark does not stands in no model."""

import re
from pathlib import Path

import pytest

# What Spark does not take, and what both do.
REFUSED = {
    r"\bvarchar\b": "write string: Spark's varchar needs a length",
    r"\bover \((?!partition|order|rows|range)[a-z_]+[ \n]": "define a named window as a whole",
    r"\bover [a-z_]+ - [a-z_]+\b(?!\()": "put the window last: Spark reads `a - b` as one name",
}
FOLDERS = ("models", "macros", "seeds", "tests/generic", "tests/singular")


def texts(project_dir: Path) -> dict[str, str]:
    """SQL and YAML of the project by path. Landing reads the sources' types, not an engine."""
    return {
        str(path.relative_to(project_dir)): path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in sorted((project_dir / folder).rglob("*.*"))
        if path.suffix in (".sql", ".yml") and not path.name.endswith("__sources.yml")
    }


def refused_in(text: str) -> list[str]:
    """What is wrong with a text, with the line."""
    return [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {instead}"
        for pattern, instead in REFUSED.items()
        for match in re.finditer(pattern, text)
    ]


def test_nothing_is_written_that_spark_refuses(project_dir):
    found = texts(project_dir)
    assert len(found) > 500, f"only {len(found)} files were looked at"
    wrong = [f"{name}, {problem}" for name, text in found.items() for problem in refused_in(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("cast(a as varchar)", 1),
        ("cast(a as string)", 0),
        ("sum(a) over (of_product rows between 2 preceding and current row)", 1),
        ("sum(a) over (of_account order by b)", 1),
        ("sum(a) over (partition by b), sum(a) over (order by b), sum(a) over ()", 0),
        ("sum(a) over recent as b", 0),
        ("sum(a) over of_value - b as c", 1),
        ("-b + sum(a) over of_value as c, sum(a) over one - sum(a) over other", 0),
    ],
)
def test_what_is_refused_is_found(text, problems):
    assert len(refused_in(text)) == problems
