"""Parts of the documentation site, on small input."""

import json
from pathlib import Path

import pytest
import yaml

from reports.boards import load_boards
from reports.site.artifacts import Artifacts
from reports.site.documents import load_document, short
from reports.site.erd import diagram, edges_of
from reports.site.errors import SiteError
from reports.site.links import broken_links
from reports.site.marts import load_themes
from reports.site.search import search_index

MODELS = {
    "fct_gifts": ("gift_key", "shop_key", "given_date"),
    "fct_thanks": ("thank_key", "gift_key", "other_gift_key"),
    "dim_places": ("shop_key",),
}


def node(name: str) -> str:
    return f"model.shop.{name}"


def relation(child: str, column: str, parent: str, parent_column: str) -> dict:
    return {
        "from_id": node(child),
        "from_columns": [column],
        "to_id": node(parent),
        "to_columns": [parent_column],
    }


def artifacts(meta: dict | None = None) -> Artifacts:
    """Three marts of one group, their keys, relations, lineage and a metric of a metric."""
    words = {"title": "Gifts", "title_zh": "礼物", "description_zh": "送出的礼物。"}
    marts = {
        node(name): {
            "unique_id": node(name),
            "name": name,
            "resource_type": "model",
            "schema": "subject",
            "group": "gifts",
            "description": f"One row per `{name}`\n, and <b>no</b> more.",
            "columns": {
                column: {"name": column, "data_type": "varchar", "description": f"About {column}."}
                for column in columns
            },
        }
        for name, columns in MODELS.items()
    }
    keys = {
        f"test.shop.{name}": {
            "resource_type": "test",
            "test_metadata": {"name": "unique", "kwargs": {"column_name": columns[0]}},
            "attached_node": node(name),
        }
        for name, columns in MODELS.items()
    }
    group = {
        "name": "gifts",
        "description": "Gifts that were given.",
        "owner": {"name": "Gift desk"},
        "config": {"meta": words if meta is None else meta},
    }
    metrics = {
        f"metric.shop.{name}": {
            "name": name,
            "label": f"Gifts, {name}",
            "description": f"Counted {name}.",
            "config": {
                "meta": {"zh": f"礼物数 {name}", "about_zh": "送出的数量。", "also": ["GG"]}
            },
            "depends_on": {"nodes": [above]},
        }
        for name, above in {
            "per_gift": "metric.shop.all",
            "all": "semantic_model.shop.gifts",
            "other": "semantic_model.shop.x",
        }.items()
    }
    parent = {"dbt_node": "model.shop.int_gifts", "column": "id"}
    return Artifacts(
        manifest={
            "nodes": marts | keys,
            "groups": {"group.shop.gifts": group},
            "semantic_models": {
                "semantic_model.shop.gifts": {"depends_on": {"nodes": [node("fct_gifts")]}}
            },
            "metrics": metrics,
        },
        column_lineage={
            "lineage": {
                "parents": {
                    node("fct_gifts"): {"gift_key": [parent, parent]},
                    # A ring, and two raw columns.
                    "model.shop.int_gifts": {
                        "id": [
                            parent,
                            {"dbt_node": "source.shop.till.gifts", "column": "gift_id"},
                            {"dbt_node": "seed.shop.places", "column": "place"},
                        ]
                    },
                    node("fct_thanks"): {
                        "gift_key": [{"dbt_node": node("fct_gifts"), "column": "gift_key"}]
                    },
                }
            }
        },
        relations={
            "edges": [
                relation("fct_gifts", "shop_key", "dim_places", "shop_key"),
                relation("fct_thanks", "gift_key", "fct_gifts", "gift_key"),
                relation("fct_thanks", "other_gift_key", "fct_gifts", "gift_key"),
            ]
        },
        dbt_docs_page=Path("dbt.html"),
        lineage_page=Path("lineage.html"),
    )


@pytest.fixture
def theme(tmp_path):
    (tmp_path / "gifts.md").write_text(
        "# Gifts\n\n## 1. What is given? (礼物)\n\nfrom subject.fct_gifts\n\n"
        "## 2. What else?\n\nfrom subject.fct_gifts_old\n"
    )
    (found,) = load_themes(artifacts(), load_boards(), tmp_path)
    return found


def test_a_theme_has_keys_origins_links_questions_and_metrics(theme):
    assert theme.title == {"en": "Gifts", "zh": "礼物"}
    assert [mart.name for mart in theme.marts] == ["dim_places", "fct_gifts", "fct_thanks"]
    gifts, thanks = theme.marts[1:]
    assert gifts.key == ("gift_key",)
    # Down to raw and seed columns, but no further than the next public table.
    assert gifts.columns[0].comes_from == ("places.place", "till.gifts.gift_id")
    assert thanks.columns[1].comes_from == ("fct_gifts.gift_key",)
    assert (thanks.columns[0].comes_from, thanks.columns[0].origins) == ((), 0)
    assert gifts.columns[1].leads_to == "dim_places"
    assert [(one.title, one.page, one.anchor) for one in theme.questions] == [
        ("1. What is given? (礼物)", "gifts", "1-what-is-given-礼物")
    ]
    assert [metric["name"] for metric in theme.metrics] == ["all", "per_gift"]


def test_a_group_without_words_in_both_languages_is_named(tmp_path):
    with pytest.raises(SiteError, match=r"the group gifts lacks description_zh, title_zh under"):
        load_themes(artifacts({"title": "Gifts"}), [], tmp_path)


def test_relations_run_from_left_to_right(theme):
    given = artifacts()
    edges = edges_of(given.relations, theme)
    marts = {mart.name: mart for mart in theme.marts}
    svg = str(diagram(theme, edges, marts, {name: f"gifts.html#{name}" for name in marts}))
    assert svg.count('class="edge"') == 3
    assert 'href="gifts.html#fct_gifts"' in svg
    heads = ("fct_thanks", "fct_gifts", "dim_places")
    lefts = [
        int(svg.split(f">{name}</text>")[0].rsplit('x="', 1)[1].split('"')[0]) for name in heads
    ]
    assert lefts == sorted(set(lefts))
    assert str(diagram(theme, [], marts, {})) == ""


def test_documents_keep_their_links_headings_and_chinese(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(
        "# Page\n\n## Wie & was\n\n[far](../models/x.yml#row) [near](#wie--was) [out](https://a.b/c)\n\n"
        "| a |\n|---|\n| 1 |\n"
    )
    (tmp_path / "docs" / "page.zh.md").write_text("# 页面\n\n中文\n")
    asked = []

    def address(target: Path, mark: str, page: str) -> str:
        asked.append((target.as_posix(), mark, page))
        return "../files/x.html"

    document = load_document(Path("docs/page.md"), address, tmp_path)
    assert asked == [("models/x.yml", "#row", "docs/page.html")]
    assert document.title == {"en": "Page", "zh": "页面"}
    assert '<h2 id="wie--was">' in document.html["en"]
    assert 'href="../files/x.html"' in document.html["en"]
    assert 'href="https://a.b/c"' in document.html["en"]
    assert "<td>1</td>" in document.html["en"]
    headings = [heading for _, heading, _ in document.sections()]
    assert headings == ["Page", "Wie & was", "页面"]


def test_every_broken_link_is_found(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "app.html").write_text("<a href='nowhere.html'>an application's own</a>")
    (tmp_path / "deep" / "other.html").write_text("<h2 id='here'>x</h2><a href='#there'>x</a>")
    (tmp_path / "index.html").write_text(
        "<a href='deep/other.html#here'>1</a><a href='app.html#!/x'>2</a><a href='https://a.b'>3</a>"
        "<a href='deep/other.html#gone'>4</a><a href='missing.html'>5</a><img src='none.png'>"
        "<script src='https://a.b/c.js'></script><a href='javascript:x()'>6</a>"
    )
    assert broken_links(tmp_path, {"app.html"}) == [
        "deep/other.html: #there leads to no heading",
        "index.html: none.png is loaded, and is no file of the site",
        "index.html: https://a.b/c.js is loaded, and is no file of the site",
        "index.html: deep/other.html#gone leads to no heading",
        "index.html: missing.html leads to no file",
        "index.html: javascript:x() is no address of a page",
    ]


def test_the_search_knows_columns_and_words(theme):
    words = yaml.safe_load(
        "[{term_code: gift, term_name: Gift, term_name_zh: 礼物, meaning: Given., meaning_zh: 送}]"
    )
    index = search_index([theme], [], words)
    assert ["word", "glossary.html#gift", "Gift · 礼物", "Given. 送"] in index
    column = "themes/gifts.html#fct_gifts.shop_key"
    assert ["column", column, "fct_gifts.shop_key", "About shop_key."] in index
    # A metric is found in both languages, by its name, and by what else people call it.
    metric = ["Gifts, all · 礼物数 all · all", "Counted all. · 送出的数量。 GG"]
    assert ["metric", "themes/gifts.html#metrics", *metric] in index
    assert json.loads(json.dumps(index)) == index


def test_a_title_in_a_list_ends_at_its_colon():
    assert short("Exports: the files that platforms let a shop download") == "Exports"
    assert short("Sources") == "Sources"
