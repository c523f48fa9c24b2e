"""What readers are told in English and Chinese: columns of marts, metrics."""

import yaml

from orchestration.metric_definitions import metrics
from reports.boards import UNITS
from reports.columns import CHINESE, UNIT_WORDS, Column


def public_columns(project_dir) -> dict[str, set[str]]:
    """Column → its types, over all marts."""
    columns: dict[str, set[str]] = {}
    for schema in ("subject", "thematic"):
        for path in (project_dir / "models" / schema).glob("*/*.yml"):
            for model in yaml.safe_load(path.read_text()).get("models") or []:
                for column in model.get("columns") or []:
                    columns.setdefault(column["name"], set()).add(column["data_type"].upper())
    return columns


def test_every_public_column_has_its_chinese(project_dir):
    chinese = yaml.safe_load(CHINESE.read_text(encoding="utf-8"))
    names = set(public_columns(project_dir))
    assert names - set(chinese) == set(), "add them to reports/columns.yml"
    assert set(chinese) - names == set(), "no mart has these: remove them from reports/columns.yml"
    assert list(chinese) == sorted(chinese)


def test_every_public_column_has_a_unit_that_its_name_tells(project_dir):
    for name, kinds in public_columns(project_dir).items():
        for kind in kinds:
            unit = Column(name, kind, "").unit
            assert unit in UNIT_WORDS
            if name.endswith("_amount"):
                assert unit == "money", name
            if name.endswith("_rate"):
                assert unit == "rate", name
            if name.endswith(("_key", "_id", "_code")):
                assert unit == "text", name


def test_every_metric_is_told_in_both_languages_with_a_unit():
    labels = [each.label for each in metrics().values()]
    labels_zh = [each.label_zh for each in metrics().values()]
    assert len(set(labels)) == len(set(labels_zh)) == len(labels)
    for each in metrics().values():
        assert each.unit in UNITS, each.name
        assert each.about.endswith(".") and each.about_zh.endswith("。"), each.name
