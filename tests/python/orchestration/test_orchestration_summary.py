"""The query that the last lines of a build propose."""

import json
from dataclasses import replace

import pytest

from ingest import settings
from orchestration.project import Warehouse
from orchestration.summary import QUERY, summary

EMPTY = {"as_of_date": None, "tables": []}


@pytest.mark.parametrize(
    ("folder", "named"), [("data", ""), ("our brand", " WAREHOUSE_DIR='{folder}'")]
)
def test_the_proposed_query_names_a_warehouse_of_ones_own(tmp_path, monkeypatch, folder, named):
    monkeypatch.setattr(settings, "DEFAULT_WAREHOUSE", tmp_path / "data")
    warehouse = replace(Warehouse(), folder=tmp_path / folder)
    warehouse.published.mkdir(parents=True)
    (warehouse.published / "publication.json").write_text(json.dumps(EMPTY))
    last = summary(warehouse).splitlines()[-1]
    assert last == f'  make query{named.format(folder=warehouse.folder)} SQL="{QUERY}"'
