"""A package's public names stand once, where type checkers read them, and every one of them loads."""

from __future__ import annotations

import pytest

import dangjian
import zhibi
from zhibi import engines
from zhibi.startup.public_names import homes, load


@pytest.mark.parametrize("package", [zhibi, dangjian, engines], ids=lambda each: each.__name__)
def test_every_public_name_loads_from_its_home(package):
    values = {name: getattr(package, name) for name in package.__all__}

    assert None not in values.values()
    assert {*package.HOME_OF} < {*values}
    assert {*values} <= {*dir(package)}


def test_the_names_are_those_imported_for_type_checkers():
    home_of = homes("zhibi")

    assert home_of["table"] == "zhibi.notebook.authoring.tables"
    assert home_of["open_table"] == home_of["open_workbook"] == "zhibi.notebook.own_table"
    assert "TYPE_CHECKING" not in home_of


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'zhibi' has no attribute 'tabel'"):
        _ = zhibi.tabel


def test_loading_a_name_gives_what_its_module_holds():
    assert load("p", {"near_miss": "gongwen.errors"}, "near_miss").__module__ == "gongwen.errors"
