"""Options of the whole test suite, and the order it is run in."""

from __future__ import annotations

import os

import pytest

# read by pytest-timeout where it is installed; a setting in pyproject would stop those who have not
os.environ.setdefault("PYTEST_TIMEOUT", "300")

LONGEST = ("test_faults", "test_readme", "test_cluster", "test_annual_rollup", "test_isolation", "test_batch",
           "test_same_document", "test_hostile", "test_elements", "test_contract", "test_write", "test_verdicts")  # fmt: skip

# rooms and modules whose tests start kernels, servers, LibreOffice or other processes, or take long
SLOW_ROOMS = {
    "assistants", "batch", "domains", "engines", "render", "report", "running", "slices", "sources",
    "web",
}  # fmt: skip
SLOW_MODULES = {
    "test_readme", "test_new_report", "test_new_domain", "test_handbook",
    "test_checker_alone", "test_check_command", "test_rule_commands", "test_magics",
    "test_damaged_files", "test_proportional_work", "test_prose_is_bounded",
    "test_disturbed_workbooks", "test_importing_many_files", "test_importing_hard_files",
    "test_importing_rosters", "test_corrected", "test_cell_faults", "test_template",
    "test_bad_files", "test_text_is_only_text", "test_junk", "test_hostile_workbooks",
    "test_read", "test_large", "test_mark", "test_supplement", "test_all_at_once",
    "test_personal_data_at_the_door", "test_example_planted", "test_checks", "test_scheme",
    "test_verdicts", "test_members_scored", "test_own_texts", "test_fair_words",
    "test_last_year", "test_live_page", "test_carrying", "test_write", "test_methods", "test_roles",
}  # fmt: skip


def pytest_addoption(parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite golden files; read the diff before committing",
    )


def pytest_configure(config) -> None:
    """Files with many tests first, as xdist has it, leaves a long one of few tests to the end and alone."""
    config.option.loadscopereorder = False


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks before anything is deselected by them, the order after all others have shuffled.

    Every test of a slow room or module bears the mark `slow`, so that `make quick` can leave it out.
    Modules that take long begin first; the others stay as pytest-randomly shuffled them.
    """
    for item in items:
        if item.path.parent.name in SLOW_ROOMS or item.path.stem in SLOW_MODULES:
            item.add_marker(pytest.mark.slow)
    outcome = yield
    items.sort(
        key=lambda item: (
            LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)
        )
    )
    return outcome
