"""Typer's commands -> commands that speak Chinese and are imported only when called."""

from __future__ import annotations

import importlib
import platform
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from gongwen.errors import UnknownName
from zhibi.doors.cli.console.plain_values import take_plainly


@dataclass(frozen=True, slots=True)
class ListedCommand:
    """A command as the list of commands knows it.

    The module whose `app` it is, and one line of help.
    """

    module: str
    help: str


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its arguments and options."""
        return take_plainly(super().get_params(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, said in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        named = [
            parameter.metavar or ""
            for parameter in self.params
            if parameter.param_type_name == "argument"
        ]
        formatter.write_usage(ctx.command_path, " ".join([*named, "[选项]"]), prefix="用法：")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options, each kind under its Chinese name."""
        _write_parameters(self, ctx, formatter)


class Lazy(TyperGroup):
    """A group that knows its commands by name and one line each, and imports one when it is called."""

    listed: Mapping[str, ListedCommand] = {}
    further: Callable[[], Mapping[str, ListedCommand]] = (
        dict  # asked only for a name not listed, and for the help
    )

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options."""
        return take_plainly(super().get_params(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, said in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, "命令 …", prefix="用法：")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Options, then the commands with one line each."""
        _write_parameters(self, ctx, formatter)
        known = {**self.listed, **self.further()}
        rows = [(name, listed.help) for name, listed in known.items()]
        rows += [
            (name, command.help or "")
            for name, command in self.commands.items()
            if name not in known
        ]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command by its name; a wrong name says the near miss."""
        if cmd_name in self.listed:
            return typer.main.get_command(importlib.import_module(self.listed[cmd_name].module).app)
        command = super().get_command(ctx, cmd_name)
        if command is None and not cmd_name.startswith("-"):
            further = self.further()
            if cmd_name not in further:
                raise UnknownName("命令", cmd_name, (*self.listed, *further, *self.commands))
            return typer.main.get_command(importlib.import_module(further[cmd_name].module).app)
        return command


def group(
    commands: Mapping[str, ListedCommand],
    message: str,
    further: Callable[[], Mapping[str, ListedCommand]] = dict,
) -> Lazy:
    """The top of the command tree; `further` gives commands that cost something to find."""
    typed = app(message)
    typed.callback(help=message)(_top)
    top = typer.main.get_group(typed)
    assert isinstance(top, Lazy)
    top.name = "zhibi"
    top.listed = commands
    top.further = further
    return top


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"执笔 zhibi {metadata.version('zhibi')}（Python {platform.python_version()}）")  # noqa: T201  # what was asked for
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """What can be asked of the program itself."""
    del version  # told already


def app(message: str) -> typer.Typer:
    """One command module's Typer."""
    return typer.Typer(
        help=message, cls=Lazy, add_completion=False, rich_markup_mode=None, no_args_is_help=True
    )


def _tidy(record: tuple[str, str]) -> tuple[str, str]:
    """A line of help without what typer adds in English; the help says defaults itself."""
    name, message = record
    return re.sub(r" <[^>]*>", "", name), re.sub(
        r"\s*\[(?:required|default: [^\]]*|x[<>]=?[^\]]*)\]", "", message
    )


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示这段说明。"
    return option


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    records = [
        (parameter.param_type_name, parameter.get_help_record(ctx))
        for parameter in command.get_params(ctx)
    ]
    for kind, title in (("argument", "参数"), ("option", "选项")):
        rows = [_tidy(record) for of, record in records if of == kind and record]
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)
