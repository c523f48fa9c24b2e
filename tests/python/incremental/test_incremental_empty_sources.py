"""Every source builds without a file: a platform can be switched on before its first export."""

import duckdb
import yaml
from incremental_warehouse import PROJECT, GrowingWarehouse

SOURCES = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"][
    "source_entities"
]


def test_all_sources_without_files_build_and_pass_their_tests(tmp_path):
    landing = tmp_path / "landing"
    for source in SOURCES:
        (landing / source).mkdir(parents=True)
    warehouse = GrowingWarehouse(tmp_path / "warehouse", ",".join(SOURCES), landing)
    warehouse.land()
    warehouse.dbt("build", "--exclude-resource-type", "unit_test")
    staging = [node.name for node in warehouse.models() if node.schema == "staging"]
    assert {name.split("__")[0] for name in staging} == {f"stg_{source}" for source in SOURCES}
    with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
        for table in staging:
            assert con.execute(f"select count(*) from staging.{table}").fetchone() == (0,)
        rows = con.execute("select count(*) from subject.fct_orders").fetchone()
    assert rows == (0,)
