"""docs/metrics.md: every metric, from models/semantic/."""

from orchestration.metric_definitions import Metric, metrics

ASK = """\
Figures with one meaning, asked by name of the published file. `make metric` lists them.

```
make metric NAME=revenue BY=month,shop
make metric NAME=refund_rate_booked,refund_rate_of_orders BY=quarter WHERE="platform_code = 'tmall'"
make metric NAME=gross_margin_rate BY=month WHERE="metric_time >= '2026-01-01'"
```

- `BY`: `day`, `week`, `month`, `quarter`, `year` of the metric's own day, and the dimensions of the
  table, by their full name (`shop__platform_code`) or the last part of it (`platform_code`).
  `shop` stands for each shop by its name. Several metrics can be split by what all of them have.
- `WHERE`: SQL over the same dimensions and `metric_time`, the day on which the metric counts.
- Only days up to the as-of date count. A rate without anything to divide by is null.
- Amounts are in the reporting currency. Those that stand *by* a currency are in that of the
  shop, and are split by it even if you do not ask: they never add up over currencies.
- People (`buyers`, `customers_so_far`, …) know no shop, as one person buys in several.
- `.venv/bin/python -m orchestration metric --help` has the options. Exit codes: 0 answered, 2 no
  such metric or split, nothing is published, or the condition is no SQL.

MetricFlow writes the SQL from the files of `models/semantic/`, and DuckDB reads the published file,
which stays read-only: MetricFlow's own command `mf` would open it for writing. The first question
after a change of these files takes some seconds more, in which dbt parses them.

**Add a metric** to the file of its subject: a measure over a subject or thematic mart, and the
metric with `label`, `description`, and `zh`, `about_zh` and `unit` under `config: meta:`, and
`also`, what else people call it; then
`make docs`. dbt 1.11 reads the specification with `semantic_models:` and `measures:`; the newer one
parses to nothing, without a word. A test in `tests/python/metrics/` computes each metric a second
way from the mart."""


def metrics_page(header: str) -> str:
    """The page: how to ask, and a table of all metrics."""
    lines = ["# Metrics", "", header, "", ASK, ""]
    lines += [
        "| metric | | unit | what it is | 含义 | mart, day | split by |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(metric) for metric in metrics().values()]
    return "\n".join(lines) + "\n"


def _row(metric: Metric) -> str:
    unit = (
        f"{metric.unit}, by {metric.always_by.split('__')[-1]}" if metric.always_by else metric.unit
    )
    days = ", ".join(f"`{day}`" for day in metric.times)
    marts = ", ".join(f"`{mart}`" for mart in metric.marts)
    splits = ", ".join(
        f"`{each.name}`" for each in metric.dimensions if each.short not in metric.times
    )
    return (
        f"| `{metric.name}` | {metric.label}<br>{metric.label_zh} | {unit} | {metric.about}"
        f" | {metric.about_zh} | {marts}, {days} | {splits} |"
    )
