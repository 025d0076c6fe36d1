"""Which way imports run: doors import rules and record, rules import the record, the record imports none of them.

Walks every import of the source, those inside functions and relative ones too. Each rule gives the lines that break it.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from .machine import ROOT

DOORS = ("wire", "desk", "readers")
PURE = ("articles.text",)  # no model in it: the record may use it
# Django asks for these by name; they register what a door holds, and are no rules.
HOOKS = ("articles.apps", "articles.admin")
# Nobody imports these, so they may import anything.
OUTERMOST = ("articles.demo", "articles.management", "articles.templatetags")
READERS_MAY_QUERY = {
    "Release",
    "Listing",
    "PlaceSummary",
    "FixedPage",
    "FrontSlot",
    "FormerPath",
    "LocatorMap",
    "Region",
    "Topic",
    "Source",
    "Author",
}
# Of the wire, what meets the newsroom's own data. Everything else there turns bytes into items, and needs no database.
WIRE_WITH_DATABASE = tuple(
    f"articles.wire.{name}"
    for name in ("door", "entries", "intake", "known", "receiving", "reference", "returning", "ruling", "storing")
)


@dataclass(frozen=True)
class Import:
    """One thing that a module imports: ``name`` is "" for the module itself."""

    by: str
    line: int
    module: str
    name: str = ""

    def __str__(self):
        return f"{self.by}:{self.line} imports {self.module}{'.' if self.name else ''}{self.name}"


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def layer(module: str) -> str:
    """Of a module of ``articles``: record, rule, wire, desk, readers, outermost, hook or pure; "" of others."""
    if within(module, *OUTERMOST):
        return "outermost"
    for door in DOORS:
        if within(module, f"articles.{door}"):
            return door
    if within(module, "articles.models"):
        return "record"
    if module in PURE:
        return "pure"
    if module in HOOKS:
        return "hook"
    return "rule" if module.startswith("articles.") else ""


class Tree:
    """The modules of a project and their imports."""

    def __init__(self, root: Path):
        self.files = {}
        for file in sorted((root / "articles").rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            if parts[1] not in ("tests", "migrations"):
                self.files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
        self.imports = [found for module in self.files for found in self._imports_of(module)]

    def _imports_of(self, module):
        file = self.files[module]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(module, node.lineno, alias.name)
            elif isinstance(node, ast.ImportFrom):
                source = self._absolute(module, node)
                for alias in node.names:
                    inner = f"{source}.{alias.name}"
                    yield Import(module, node.lineno, *((inner,) if inner in self.files else (source, alias.name)))
            elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
                for argument in node.args[:1]:
                    yield Import(module, node.lineno, str(getattr(argument, "value", "")))

    def _absolute(self, module, node):
        if not node.level:
            return node.module
        package = module if self.files[module].name == "__init__.py" else module.rpartition(".")[0]
        for _ in range(node.level - 1):
            package = package.rpartition(".")[0]
        return f"{package}.{node.module}" if node.module else package

    def reached_from(self, module):
        """Every import that running that module leads to, directly or through others of ours."""
        seen, waiting, found = set(), [module], []
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            for one in self.imports:
                if one.by == current:
                    found.append(one)
                    waiting.append(one.module)
        return found


def _called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imports_of_layers(tree, *, by, of):
    return [one for one in tree.imports if layer(one.by) in by and layer(one.module) in of]


def record_stands_alone(tree):
    return imports_of_layers(tree, by=["record", "pure"], of=["rule", *DOORS, "outermost", "hook"])


def rules_know_no_door(tree):
    return imports_of_layers(tree, by=["rule"], of=DOORS)


def doors_know_no_other_door(tree):
    return [
        one
        for door in DOORS
        for one in imports_of_layers(tree, by=[door], of=[other for other in DOORS if other != door])
    ]


def nobody_imports_what_is_outermost(tree):
    inner = ["record", "pure", "rule", *DOORS, "hook"]
    return imports_of_layers(tree, by=inner, of=["outermost", "hook"])


def nobody_imports_the_project(tree):
    return [one for one in tree.imports if within(one.module, "newsroom") and layer(one.by) != "outermost"]


def readers_query_only_what_readers_may_see(tree):
    """By name, so that the whole package cannot be had either. ``fields`` holds no model."""
    return [
        one
        for one in imports_of_layers(tree, by=["readers"], of=["record"])
        if one.name not in READERS_MAY_QUERY and one.module != "articles.models.fields"
    ] + [one for one in tree.imports if layer(one.by) == "readers" and one.module == "django.apps"]


def parsers_need_no_database(tree):
    parsers = [module for module in tree.files if layer(module) == "wire" and not within(module, *WIRE_WITH_DATABASE)]
    reached = {one for module in parsers for one in tree.reached_from(module)}
    return [one for one in reached if within(one.module, "articles.models", "django.db")]


RULES = [
    record_stands_alone,
    rules_know_no_door,
    doors_know_no_other_door,
    nobody_imports_what_is_outermost,
    nobody_imports_the_project,
    readers_query_only_what_readers_may_see,
    parsers_need_no_database,
]


@pytest.fixture(scope="module")
def project():
    return Tree(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_imports_run_one_way(project, rule):
    assert not [str(one) for one in rule(project)]


def test_the_walk_sees_the_whole_source(project):
    found = {layer(module) for module in project.files}
    assert {"record", "rule", "pure", *DOORS} <= found
    assert any(one.by == "articles.releasing" and one.module == "articles.writing" for one in project.imports)


@pytest.mark.parametrize(
    ("rule", "file", "code"),
    [
        (record_stands_alone, "models/article.py", "from articles import releasing"),
        (record_stands_alone, "models/article.py", "def save():\n    from ..desk import site"),
        (record_stands_alone, "text.py", "import articles.releasing"),
        (rules_know_no_door, "releasing.py", "from articles.readers import http"),
        (rules_know_no_door, "releasing.py", "from .desk.site import DeskSite"),
        (rules_know_no_door, "releasing.py", "import importlib\nimportlib.import_module('articles.wire')"),
        (doors_know_no_other_door, "desk/site.py", "from ..readers import http"),
        (doors_know_no_other_door, "readers/views/front.py", "def page():\n    from ...desk import site"),
        (doors_know_no_other_door, "wire/intake.py", "if True:\n    import articles.desk.site"),
        (nobody_imports_what_is_outermost, "releasing.py", "from articles.demo import newsroom"),
        (nobody_imports_what_is_outermost, "desk/site.py", "from ..templatetags import readers"),
        (nobody_imports_what_is_outermost, "desk/site.py", "from articles import admin"),
        (nobody_imports_the_project, "photos.py", "from newsroom import settings"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from articles.models import Article"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from articles.models.article import Article"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from articles.models import *"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "import articles.models"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from articles import models"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from ..models import Release, Event"),
        (readers_query_only_what_readers_may_see, "readers/http.py", "from django.apps import apps"),
        (parsers_need_no_database, "wire/raw_text.py", "from django.db import models"),
        (parsers_need_no_database, "wire/raw_text.py", "from articles.models import Region"),
        (parsers_need_no_database, "wire/raw_text.py", "from articles import places"),
    ],
)
def test_each_rule_finds_what_breaks_it(tmp_path, rule, file, code):
    sound = {
        "__init__.py": "",
        "admin.py": "from articles.desk import site",
        "text.py": "import re",
        "places.py": "from articles.models import Region",
        "releasing.py": "from articles import text\nfrom .models import Article",
        "photos.py": "",
        "models/__init__.py": "from .article import Article",
        "models/article.py": "from articles import text",
        "wire/__init__.py": "",
        "wire/raw_text.py": "from . import items\nfrom ..text import fold",
        "wire/items.py": "",
        "wire/intake.py": "from articles.models import Article\nfrom .raw_text import parse",
        "desk/__init__.py": "",
        "desk/site.py": "from articles import releasing\nfrom articles.models import Article",
        "readers/__init__.py": "",
        "readers/http.py": "from articles.models import Release",
        "readers/views/__init__.py": "",
        "readers/views/front.py": "from .. import http",
        "templatetags/__init__.py": "",
        "templatetags/readers.py": "",
        "demo/__init__.py": "",
        "demo/newsroom.py": "from articles.wire import intake\nfrom articles.desk import site",
        "management/commands/run_demo.py": "from articles.demo import newsroom",
    }
    for name, lines in sound.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines)
    assert [one for each in RULES for one in each(Tree(tmp_path))] == []

    (tmp_path / "articles" / file).write_text(code)
    assert rule(Tree(tmp_path))
