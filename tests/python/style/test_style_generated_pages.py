"""The generated pages name what a new mart lacks, and where to write it."""

import importlib.util

import pytest

GROUPS = "groups: [{name: trade, description: Trade.}]"
DESCRIBED = """
models:
  - name: fct_gifts
    description: One row per gift.
    columns: [{name: gift_key, data_tests: [TEST]}]
"""


@pytest.fixture
def pages(project_dir, tmp_path, monkeypatch):
    """The generator over a project of one mart, fct_gifts."""
    spec = importlib.util.spec_from_file_location("generate", project_dir / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    folder = tmp_path / "models" / "subject" / "trade"
    folder.mkdir(parents=True)
    (tmp_path / "models" / "thematic").mkdir()
    (tmp_path / "models" / "groups.yml").write_text(GROUPS)
    (folder / "fct_gifts.sql").write_text("select 1")
    monkeypatch.setattr(generate, "MODELS", tmp_path / "models")
    monkeypatch.setattr(generate, "PAGES", {"docs/marts.md": generate.marts_page})
    return generate, folder


@pytest.mark.parametrize("test", ["unique", "primary_key", "unique: {config: {where: 'true'}}"])
def test_a_described_mart_is_listed_with_its_key(pages, test):
    generate, folder = pages
    (folder / "fct_gifts.yml").write_text(DESCRIBED.replace("TEST", f"{test}"))
    (line,) = [line for line in generate.marts_page().splitlines() if "fct_gifts" in line]
    assert line.endswith("| One row per gift. | `gift_key` |")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "fct_gifts is not described: write models/subject/trade/fct_gifts.yml with its"),
        ("", "fct_gifts is not described: write models/subject/trade/fct_gifts.yml with its"),
        (DESCRIBED.replace("TEST", "not_null"), "fct_gifts has no key: put `data_tests: [unique]"),
        (DESCRIBED.split("columns")[0], "fct_gifts has no key"),
        (
            "models: [{name: fct_gifts}]",
            "fct_gifts has no description: say in models/subject/trade",
        ),
        (
            DESCRIBED.replace("fct_gifts", "fct_gift") + "  - {name: fct_gifts, description: x}",
            "fct_gift.sql",
        ),
    ],
)
def test_an_incomplete_mart_is_named_with_what_to_write(pages, capsys, text, words):
    generate, folder = pages
    if text is not None:
        (folder / "fct_gifts.yml").write_text(text)
    assert generate.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert words in said


def test_a_folder_without_a_group_is_named(pages, capsys):
    generate, folder = pages
    (folder / "fct_gifts.yml").write_text(DESCRIBED.replace("TEST", "unique"))
    (generate.MODELS / "groups.yml").write_text("groups: [{name: service, description: x}]")
    assert generate.main([]) == 1
    assert "models/subject/trade is not a group" in capsys.readouterr().err
