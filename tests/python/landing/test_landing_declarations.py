"""What the source files may say to landing."""

import pytest

from ingest.declarations import load_sources
from ingest.errors import LandingError

DECLARED = """
sources:
  - name: bazaar
    config: {{meta: {{{source}: 1}}}}
    tables:
      - name: sales
        config: {{meta: {{{table}: [sale_id]}}}}
        columns:
          - {{name: sale_id, data_type: varchar, config: {{meta: {{{column}: true}}}}}}
"""
RIGHT = {"source": "reject_limit", "table": "key", "column": "required"}


def declare(folder, **words) -> None:
    path = folder / "models" / "staging" / "bazaar" / "_bazaar__sources.yml"
    path.parent.mkdir(parents=True)
    path.write_text(DECLARED.format(**RIGHT | words))


def test_a_declaration_is_read(tmp_path):
    declare(tmp_path)
    (source,) = load_sources(["bazaar"], tmp_path)
    (table,) = source.tables
    assert (table.reject_limit, table.key, table.columns[0].required) == (1, ("sale_id",), True)


@pytest.mark.parametrize(
    ("level", "key", "where"),
    [
        ("source", "rejct_limit", "bazaar"),
        ("table", "keys", "sales"),
        ("column", "requried", "sales.sale_id"),
        # Known keys in the wrong place.
        ("column", "key", "sales.sale_id"),
        ("table", "required", "sales"),
    ],
)
def test_an_unknown_key_of_meta_is_named(tmp_path, level, key, where):
    declare(tmp_path, **{level: key})
    with pytest.raises(LandingError) as said:
        load_sources(["bazaar"], tmp_path)
    declaration = "models/staging/bazaar/_bazaar__sources.yml"
    assert str(said.value).startswith(f"{declaration}: {where}: meta has the key '{key}'; it can")
    assert RIGHT[level] in str(said.value)
