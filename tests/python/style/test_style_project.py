"""The project's conventions: names, YAML beside models, described macros, pages up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ingest.settings import DEFAULT_SOURCES

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
MAKE_TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\((.*?)\)\s*-?%}", re.DOTALL)
DISPATCHED = ("default__", "spark__")
EXAMPLE = re.compile(r"\bgives?\b")


def _models(project_dir: Path, layer: str) -> list[Path]:
    return sorted((project_dir / "models" / layer).rglob("*.sql"))


@pytest.mark.parametrize("layer", ["subject", "thematic"])
def test_every_mart_has_its_yaml(project_dir, layer):
    models = _models(project_dir, layer)
    assert models
    missing = [model.name for model in models if not model.with_suffix(".yml").exists()]
    assert not missing


def test_staging_is_named_by_its_folder(project_dir):
    wrong = [
        str(model.relative_to(project_dir))
        for model in _models(project_dir, "staging")
        if not model.stem.startswith(f"stg_{model.parent.name}__")
    ]
    assert not wrong


def test_thematic_is_named_by_its_theme(project_dir):
    wrong = [
        str(model.relative_to(project_dir))
        for model in _models(project_dir, "thematic")
        if not model.stem.startswith(f"{model.parent.name}_")
    ]
    assert not wrong


def test_every_folder_of_marts_is_a_group(project_dir):
    project = yaml.safe_load((project_dir / "dbt_project.yml").read_text())
    defaults = project["models"]["commerce_warehouse"]
    wrong = [
        f"{layer}/{folder.name}"
        for layer in ("subject", "thematic")
        for folder in (project_dir / "models" / layer).iterdir()
        if folder.is_dir() and (defaults[layer].get(folder.name) or {}).get("+group") != folder.name
    ]
    assert not wrong, f"dbt_project.yml gives these folders no group of their name: {wrong}"


def test_every_source_has_its_folder_and_its_switch(project_dir, sources):
    staging = yaml.safe_load((project_dir / "dbt_project.yml").read_text())["models"][
        "commerce_warehouse"
    ]["staging"]
    folders = {path.name for path in (project_dir / "models" / "staging").iterdir()}
    assert folders == set(sources), (
        f"without a line in source_entities of dbt_project.yml: {sorted(folders - set(sources))};"
        f" without a folder in models/staging: {sorted(set(sources) - folders)}"
    )
    is_on = f"in env_var('SOURCES', '{DEFAULT_SOURCES}').split(',') }}}}"
    wrong = [
        source
        for source in sources
        if (staging.get(source) or {}).get("+enabled") != f"{{{{ '{source}' {is_on}"
    ]
    assert not wrong, (
        f"dbt_project.yml, staging: {wrong} need `+enabled: \"{{{{ '<source>' {is_on}\"`"
    )
    macro = (project_dir / "macros" / "settings" / "enabled_sources.sql").read_text()
    assert f"env_var('SOURCES', '{DEFAULT_SOURCES}')" in macro


def _macros(project_dir: Path) -> dict[Path, list[tuple[str, list[str]]]]:
    """Folder of macros → name and arguments of each macro in it, dispatched ones left out."""
    found: dict[Path, list[tuple[str, list[str]]]] = {}
    paths = [*(project_dir / "macros").rglob("*.sql")]
    paths += (project_dir / "packages").glob("*/macros/**/*.sql")
    for path in sorted(paths):
        for name, arguments in MACRO.findall(path.read_text()):
            if not name.startswith(DISPATCHED):
                names = [part.split("=")[0].strip() for part in arguments.split(",")]
                found.setdefault(path.parent, []).append((name, [one for one in names if one]))
    return found


def test_every_macro_is_described_with_an_example(project_dir):
    wrong = []
    macros = _macros(project_dir)
    assert macros
    for folder, in_folder in macros.items():
        described = {
            macro["name"]: macro
            for macro in yaml.safe_load((folder / "_macros.yml").read_text())["macros"]
        }
        for name, arguments in in_folder:
            macro = described.pop(name, None)
            if macro is None:
                wrong.append(f"{folder.name}/{name}: not in _macros.yml")
                continue
            given = macro.get("arguments") or []
            if [argument["name"] for argument in given] != arguments:
                wrong.append(f"{folder.name}/{name}: takes {arguments}, says otherwise")
            if not all(argument.get("type") and argument.get("description") for argument in given):
                wrong.append(f"{folder.name}/{name}: an argument without type or description")
            if not EXAMPLE.search(macro.get("description", "")):
                wrong.append(f"{folder.name}/{name}: no example of what it gives")
        wrong += [f"{folder.name}/{name}: described, but not there" for name in described]
    assert not wrong, "\n".join(wrong)


def test_every_generic_test_is_indexed(project_dir):
    index = (project_dir / "tests/generic/README.md").read_text()
    tests = [path.stem for path in (project_dir / "tests/generic").glob("*.sql")]
    assert tests
    missing = [name for name in tests if f"`{name}`" not in index]
    assert not missing, f"without a row in tests/generic/README.md: {missing}"


def test_every_singular_test_is_listed(project_dir):
    page = (project_dir / "docs/data_quality.md").read_text()
    tests = [path.stem for path in (project_dir / "tests/singular").rglob("*.sql")]
    assert tests
    missing = [name for name in tests if f"`{name}`" not in page]
    assert not missing, f"without a row in docs/data_quality.md, Singular tests: {missing}"


def test_every_link_has_a_target(project_dir, project_files):
    broken = [
        f"{path}: {link}"
        for path in project_files
        if path.suffix == ".md"
        for link in LINK.findall((project_dir / path).read_text())
        if "://" not in link and not link.startswith("#")
        if not (project_dir / path.parent / link.split("#")[0]).exists()
    ]
    assert not broken, "\n".join(broken)


def test_readme_is_one_screen(project_dir):
    assert len((project_dir / "README.md").read_text().splitlines()) <= 90


def test_make_targets_in_the_documents_exist(project_dir, project_files):
    makefile = (project_dir / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    # In prose "make" is a verb too: only what stands as code counts.
    code = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
    unknown = [
        f"{path}: make {target}"
        for path in project_files
        if path.suffix == ".md"
        for snippet in code.findall((project_dir / path).read_text())
        for target in MAKE_TARGET.findall(snippet)
        if target not in targets
    ]
    assert not unknown, "\n".join(unknown)


def test_generated_pages_are_up_to_date(project_dir):
    finished = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=project_dir,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr


def test_the_tiers_of_ci_are_all_folders_of_tests(project_dir):
    workflow = yaml.safe_load((project_dir / ".github/workflows/ci.yml").read_text())
    tiers = workflow["jobs"]["test"]["strategy"]["matrix"]["tier"]
    named = sorted(folder for tier in tiers for folder in tier["folders"].split())
    tests = (project_dir / "tests" / "python").glob("*/test_*.py")
    assert named == sorted({test.parent.name for test in tests})
