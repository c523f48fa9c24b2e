"""What the search looks through: pages, marts, columns, words, questions and numbers."""

from reports.site.documents import Document
from reports.site.marts import Theme

# A text of the index is cut here: what is later in a long part is rarely searched.
LONGEST = 1500
Entry = list[str]


def search_index(
    themes: list[Theme], documents: list[Document], words: list[dict[str, str]]
) -> list[Entry]:
    """Entries of kind, address from the root, heading, text."""
    entries: list[Entry] = []
    for theme in themes:
        page = f"themes/{theme.name}.html"
        entries.append(
            ["theme", page, f"{theme.title['en']} · {theme.title['zh']}", _both(theme.about)]
        )
        for mart in theme.marts:
            entries.append(["mart", f"{page}#{mart.name}", mart.name, mart.description])
            entries += [
                [
                    "column",
                    f"{page}#{mart.name}.{column.name}",
                    f"{mart.name}.{column.name}",
                    column.description,
                ]
                for column in mart.columns
            ]
        entries += [
            ["number", f"{page}#numbers", _both(measure.label), _both(measure.about)]
            for measure in theme.measures
        ]
        entries += [
            [
                "metric",
                f"{page}#metrics",
                f"{_both(metric['label'])} · {metric['name']}",
                f"{_both(metric['about'])} {metric['also']}".strip(),
            ]
            for metric in theme.metrics
        ]
    entries += [
        [
            "word",
            f"glossary.html#{word['term_code']}",
            f"{word['term_name']} · {word['term_name_zh']}",
            f"{word['meaning']} {word['meaning_zh']}",
        ]
        for word in words
    ]
    for document in documents:
        for anchor, heading, text in document.sections():
            mark = f"#{anchor}" if anchor else ""
            entries.append(["page", f"{document.page}{mark}", heading, text[:LONGEST]])
    return entries


def _both(text: dict[str, str]) -> str:
    return f"{text['en']} · {text['zh']}"
