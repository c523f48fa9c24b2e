"""What a column of a mart holds, by its name and type: unit, and words in both languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CHINESE = Path(__file__).resolve().parent / "columns.yml"
# The last word of a name → its unit (docs/style.md); types decide where no word does.
UNITS = {
    "amount": "money",
    "cost": "money",
    "rate": "rate",
    "share": "rate",
    "support": "rate",
    "confidence": "rate",
    "count": "count",
    "days": "days",
    "hours": "hours",
    "minutes": "minutes",
    "number": "number",
    "year": "number",
    "cell": "number",
    "place": "number",
}
UNIT_WORDS = {
    "money": "money / 金额",
    "rate": "rate, 0–1 / 比率",
    "count": "count / 数量",
    "days": "days / 天",
    "hours": "hours / 小时",
    "minutes": "minutes / 分钟",
    "number": "number / 数值",
    "date": "date / 日期",
    "time": "time, UTC / 时间（UTC）",
    "boolean": "yes or no / 是否",
    "text": "text / 文本",
}


@dataclass(frozen=True)
class Column:
    """A column of a mart. `unit` is a key of UNIT_WORDS, `about` its description."""

    name: str
    kind: str
    about: str

    @property
    def unit(self) -> str:
        """What its numbers count."""
        kind = self.kind.split("(")[0]
        fixed = {"VARCHAR": "text", "BOOLEAN": "boolean", "DATE": "date"}
        if kind in fixed:
            return fixed[kind]
        if kind.startswith("TIMESTAMP"):
            return "time"
        if kind not in ("DECIMAL", "DOUBLE", "FLOAT") and "INT" not in kind:
            return "text"
        named = UNITS.get(self.name.rpartition("_")[2])
        return named or ("count" if "INT" in kind else "number")

    @property
    def english(self) -> str:
        """`net_revenue_amount` → `Net revenue amount`."""
        return self.name.replace("_", " ").capitalize()

    @property
    def chinese(self) -> str | None:
        """Its Chinese; none if columns.yml does not have the name."""
        return _chinese().get(self.name)


@cache
def _chinese() -> dict[str, str]:
    return yaml.safe_load(CHINESE.read_text(encoding="utf-8"))
