"""What dbt works out again for every node, worked out once: a third of a tiny build's time.

dbt's results stay the same. Tests that start dbt cold run it without.
"""

import gc
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, wraps
from types import CodeType

from dbt.adapters.cache import RelationsCache
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.adapters.exceptions.cache import NoneRelationFoundError
from dbt.clients.jinja import MacroGenerator
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.context.manifest import ManifestContext
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import Macro
from dbt.tracking import track_behavior_change_warn
from dbt_common.clients import agate_helper
from dbt_common.clients.jinja import (
    MacroFuzzEnvironment,
    NativeSandboxTemplate,
    get_environment,
    template_cache,
)
from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.utils.formatting import lowercase


@cache
def take_shortcuts() -> None:
    """Replace these functions of dbt in this process."""
    _compile_templates_once()
    _skip_events_that_nobody_hears()
    _make_macros_when_called()
    _make_type_testers_once()
    _look_up_names_in_place()
    _list_relations_by_their_keys()
    _match_relations_by_name_first()
    _make_one_empty_table()
    _look_for_garbage_less_often()


def compile_templates(manifest: Manifest) -> None:
    """Compile the templates of macros and nodes, for the builds that follow.

    What the parse made stays: Python does not look for garbage in it again.
    """
    gc.freeze()
    for macro in manifest.macros.values():
        template_cache.get_node_template(macro)
    environment = get_environment()
    for node in manifest.nodes.values():
        if node.resource_type in ("model", "test"):
            environment.compile(node.raw_code)


def _compile_templates_once() -> None:
    compiled: dict[tuple, CodeType] = {}
    without = MacroFuzzEnvironment.compile

    @wraps(without)
    def compile_once(environment, source, name=None, filename=None, raw=False, defer_init=False):
        if not isinstance(source, str) or raw or name or filename or defer_init:
            return without(environment, source, name, filename, raw, defer_init)
        key = (type(environment), source)
        if key not in compiled:
            compiled[key] = without(environment, source)
        return compiled[key]

    MacroFuzzEnvironment.compile = compile_once


def _skip_events_that_nobody_hears() -> None:
    without, made = EventManager.fire_event, BaseEvent.__init__

    @wraps(without)
    def fire_event(manager, e, level=None, node=None, force_warn_or_error_handling=False):
        hears_debug = any(logger.level is EventLevel.DEBUG for logger in manager.loggers)
        others = [heard for heard in manager.callbacks if heard is not track_behavior_change_warn]
        if (level or e.level_tag()) is EventLevel.DEBUG and not hears_debug and not others:
            return
        without(manager, e, level, node, force_warn_or_error_handling)

    @wraps(made)
    def keep_arguments(event, *args, **kwargs):
        event.__dict__["_given"] = (args, kwargs)

    def message(event):
        args, kwargs = event.__dict__.pop("_given")
        made(event, *args, **kwargs)
        return event.__dict__["pb_msg"]

    EventManager.fire_event = fire_event
    DebugLevel.__init__ = keep_arguments
    DebugLevel.pb_msg = cached_property(message)
    DebugLevel.pb_msg.__set_name__(DebugLevel, "pb_msg")


class _Macros(Mapping):
    """The macros of a package by name; each is made when it is asked for."""

    def __init__(self, macros: dict[str, Macro], make: Callable[[Macro], MacroGenerator]) -> None:
        self._macros, self._make = macros, make
        self._made: dict[str, MacroGenerator] = {}

    def __getitem__(self, name: str) -> MacroGenerator:
        if name not in self._made:
            self._made[name] = self._make(self._macros[name])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._macros

    def __iter__(self) -> Iterator[str]:
        return iter(self._macros)

    def __len__(self) -> int:
        return len(self._macros)


class _Context(dict):
    """What a template can name; macros enter it when they are named."""

    namespace: Mapping = {}

    def __missing__(self, name: str) -> object:
        self[name] = self.namespace[name]
        return self[name]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.namespace

    def get(self, name: str, default: object = None) -> object:
        with suppress(KeyError):
            return self[name]
        return default

    def _filled(self) -> dict:
        for name in self.namespace:
            self[name]
        self.namespace = {}
        return self

    def keys(self):
        return dict.keys(self._filled())

    def values(self):
        return dict.values(self._filled())

    def items(self):
        return dict.items(self._filled())

    def copy(self) -> dict:
        return dict(self.items())

    def __iter__(self) -> Iterator[str]:
        return dict.__iter__(self._filled())

    def __len__(self) -> int:
        return dict.__len__(self._filled())

    def __bool__(self) -> bool:
        return dict.__len__(self) > 0 or len(self.namespace) > 0


def _make_macros_when_called() -> None:
    builder_of, to_dict = ManifestContext._build_namespace, ManifestContext.to_dict

    @wraps(MacroNamespaceBuilder.build_namespace)
    def build_namespace(builder, macros_by_package, ctx):
        def made_later(macros: dict[str, Macro]) -> _Macros:
            return _Macros(
                macros, lambda macro: MacroGenerator(macro, ctx, builder.node, builder.thread_ctx)
            )

        order = builder.internal_package_names_order
        internal: dict[str, Macro] = {}
        for name in reversed(order):
            internal |= macros_by_package.get(name, {})
        packages = {
            name: made_later(macros)
            for name, macros in macros_by_package.items()
            if name not in order
        }
        local, root = builder.search_package, builder.root_package
        return MacroNamespace(
            global_namespace=packages.get(root, {}) if root != local else {},
            local_namespace=packages.get(local, {}),
            global_project_namespace=made_later(internal),
            packages=packages,
        )

    @wraps(builder_of)
    def with_context(context):
        context._ctx = _Context(context._ctx)
        return builder_of(context)

    @wraps(to_dict)
    def with_macros(context):
        if not isinstance(context.namespace, MacroNamespace):
            return to_dict(context)
        made = super(ManifestContext, context).to_dict()
        # A macro of the same name comes first.
        for name in list(dict.keys(made)):
            if name in context.namespace:
                made[name] = context.namespace[name]
        made.namespace = context.namespace
        return made

    MacroNamespaceBuilder.build_namespace = build_namespace
    ManifestContext._build_namespace = with_context
    ManifestContext.to_dict = with_macros


def _make_type_testers_once() -> None:
    without = agate_helper.build_type_tester

    @cache
    def kept(text_columns: frozenset, nulls: tuple):
        return without(text_columns, nulls)

    def build_type_tester(text_columns, string_null_values=("null", "")):
        return kept(frozenset(text_columns), tuple(string_null_values))

    agate_helper.build_type_tester = build_type_tester


def _look_up_names_in_place() -> None:
    """A small template finds its names where they are, and not in a copy of all of them."""

    def new_context(template, vars):
        parent = ChainMap(vars, template.globals)
        return template.environment.context_class(
            template.environment, parent, template.name, template.blocks
        )

    NativeSandboxTemplate.new_context = new_context


def _list_relations_by_their_keys() -> None:
    """The cache's keys are lower case already."""

    def get_relations(relations, database, schema):
        wanted = (lowercase(database), lowercase(schema))
        with relations.lock:
            found = [
                cached.inner
                for key, cached in relations.relations.items()
                if (key.database, key.schema) == wanted
            ]
        if None in found:
            raise NoneRelationFoundError()
        return found

    RelationsCache.get_relations = get_relations


def _match_relations_by_name_first() -> None:
    without = DuckDBAdapter._make_match

    @wraps(without)
    def make_match(adapter, relations_list, database, schema, identifier):
        named = [
            relation
            for relation in relations_list
            if relation.identifier.lower() == identifier.lower()
        ]
        return without(adapter, named, database, schema, identifier)

    DuckDBAdapter._make_match = make_match


def _make_one_empty_table() -> None:
    """A table that does not change, for every statement without rows."""
    agate_helper.empty_table = cache(agate_helper.empty_table)


def _look_for_garbage_less_often() -> None:
    """Python's collector went through everything dozens of times in a tiny build."""
    gc.set_threshold(100_000, 20, 50)
