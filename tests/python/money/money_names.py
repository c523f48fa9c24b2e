"""Names as platforms write them, the class that they are, and the choice among rules in Python."""

import csv
import random
import re
from datetime import date
from pathlib import Path

from money_brand import MoneyFile, Movement

RULES = Path(__file__).resolve().parents[3] / "seeds" / "money_class_rules.csv"
# Of the columns, the narrowest first.
COLUMNS = (
    "movement_type/fee_name", "part_name", "fee_name", "description", "movement_type", "remark",
)  # fmt: skip
NAMES = ("part_name", "fee_name", "movement_type")
WIDTHS = str.maketrans("（）＋－：｜　", "()+-:| ")
# Platform, texts by column, whether the money goes.
Named = tuple[str, dict[str, str], bool]
KNOWN_FILE = Path(__file__).with_name("known_names.csv")


def known() -> list[tuple[Named, str]]:
    """Names that people who know the field have read, each with its class."""
    with KNOWN_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (
            (
                row["platform"],
                {name: row[name] for name in COLUMNS[1:] if row[name]},
                row["direction"] == "out",
            ),
            row["money_class"],
        )
        for row in rows
    ]


def compared(text: str) -> str:
    """A name without width, case, the number before it and the unit behind it."""
    return re.sub(r"^[0-9]{5,}[0-9t]*[| ]|[(]元[)]$", "", text.lower().translate(WIDTHS)).strip()


def rules() -> list[dict[str, str]]:
    """The rows of the seed, their texts as they are compared."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return [
            row | {"matched_text": compared(row["matched_text"])} for row in csv.DictReader(file)
        ]


def fits(rule: dict[str, str], platform: str, column: str, name: str, goes: bool) -> bool:
    """Whether a rule fits a name that stands in a column."""
    if rule["platform_code"] not in (platform, "*"):
        return False
    if rule["direction"] not in ("any", "out" if goes else "in"):
        return False
    if rule["matched_column"] != column and not (
        rule["matched_column"] == "name" and column in NAMES
    ):
        return False
    text = rule["matched_text"]
    kinds = {"exact": name == text, "prefix": name.startswith(text), "contains": text in name}
    return kinds[rule["match_kind"]]


def class_of(
    of_rules: list[dict[str, str]], platform: str, texts: dict[str, str], goes: bool
) -> str:
    """The class of a movement: by priority, narrowest column, own rule, exactness, length."""
    written = dict(texts)
    if "movement_type" in texts and "fee_name" in texts:
        written[COLUMNS[0]] = f"{texts['movement_type']}/{texts['fee_name']}"
    kinds = ("exact", "prefix", "contains")
    found = [
        (
            int(rule["priority"]),
            COLUMNS.index(column),
            rule["platform_code"] == "*",
            kinds.index(rule["match_kind"]),
            -len(rule["matched_text"]),
            rule["matched_text"],
            rule["matched_column"],
            rule["direction"],
            rule["money_class_code"],
        )
        for column, text in written.items()
        for rule in of_rules
        if fits(rule, platform, column, compared(text), goes)
    ]
    return min(found)[-1] if found else "unexplained"


def random_names(count: int) -> list[Named]:
    """Texts of the rules themselves, in any column, with something before and behind."""
    rng = random.Random(8)
    of_rules = rules()
    platforms = sorted({rule["platform_code"] for rule in of_rules} - {"*"})
    return [
        (
            rng.choice(platforms),
            {
                column: rng.choice(["", "", "", "0030001|"])
                + rng.choice(of_rules)["matched_text"]
                + rng.choice(["", "", "（补）", " x"])
                for column in rng.sample(COLUMNS[1:], rng.randint(1, 3))
            },
            rng.random() < 0.5,
        )
        for _ in range(count)
    ]


def files(layout: str, rows: list[Named]) -> list[MoneyFile]:
    """A file of each platform with its names, in the folder `names`; ids are the rows' numbers."""
    return [
        MoneyFile(
            (platform, "names", layout, None),
            tuple(
                Movement(
                    str(number),
                    date(2024, 1, 1),
                    texts.get("movement_type"),
                    -100 if goes else 100,
                    part_name=texts.get("part_name"),
                    fee_name=texts.get("fee_name"),
                    description=texts.get("description"),
                    remark=texts.get("remark"),
                )
                for number, (of, texts, goes) in enumerate(rows)
                if of == platform
            ),
        )
        for platform in sorted({platform for platform, *_ in rows})
    ]
