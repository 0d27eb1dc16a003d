"""A program of ours starts without the grammar that jsonschema loads, and knows its formats all the same."""

import subprocess
import sys

WHERE = (
    "import sys; {first}import nbformat, jsonschema\n"
    "from jsonschema import FormatChecker, ValidationError, validate\n"
    "def right(text):\n"
    "    try: validate(text, {{'format': 'iri'}}, format_checker=FormatChecker())\n"
    "    except ValidationError: return False\n"
    "    return True\n"
    "before = 'lark' in sys.modules\n"
    "print(before, right('http://例子.中国/路'), right('a b'), 'lark' in sys.modules)"
)


def told(first: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", WHERE.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_grammar_is_loaded_when_an_address_is_checked():
    assert told("from zhibi.startup import hooks; hooks.on(); hooks.on(); ") == [
        "False",
        "True",
        "False",
        "True",
    ]


def test_a_process_that_did_not_ask_loads_it_at_once():
    assert told("") == ["True", "True", "False", "True"]


def test_whoever_imports_it_himself_finds_all_of_it():
    program = (
        "from zhibi.startup import hooks; hooks.on()\n"
        "import rfc3987_syntax, rfc3987_syntax.syntax_helpers as whole\n"
        "names = [name for name in vars(whole) if not name.startswith('_')]\n"
        "print(len(names) > 3, all(hasattr(rfc3987_syntax, name) for name in names), hasattr(rfc3987_syntax, 'none'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "False"]


def test_libraries_that_are_seldom_used_are_loaded_by_their_first_use():
    program = (
        "import sys; from zhibi.startup import hooks; hooks.on()\n"
        "import requests, arrow\n"
        "print('requests.models' in sys.modules, 'arrow.arrow' in sys.modules)\n"
        "import requests.exceptions\n"
        "print(issubclass(requests.Timeout, requests.exceptions.RequestException))\n"
        "print(arrow.get('2026-01-01').year, requests.Request('GET', 'http://a.invalid').method)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False", "True", "2026", "GET"]


def test_the_program_asks():
    program = "import sys\nfrom zhibi.doors.cli import main\ntry: main()\nexcept SystemExit: print('lark' in sys.modules, 'nbformat' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program, "params", "research_report"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1].split() == ["False", "True"]


def test_what_is_imported_is_not_looked_through_for_garbage_again_and_afterwards_python_looks_as_usual():
    program = (
        "import gc; usual = gc.get_threshold()\n"
        "from zhibi.startup import hooks; hooks.on(); import pandas\n"
        "print(gc.get_stats()[2]['collections'], gc.get_threshold() == usual)\n"
        "hooks.collect_as_usual(); print(gc.get_threshold() == usual)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "False", "True"]
