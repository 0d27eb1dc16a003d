"""A process that rehearsed makes the same reports, and is itself as before."""

STANDS = """
    import builtins, decimal, getpass, os, sys, threading
    import matplotlib as mpl
    import nbclient.client, papermill.engines
    from IPython.core.interactiveshell import InteractiveShell
    from zhibi.engines.fork import limits as confine
    from zhibi.warm_up import libraries as warm, trial_run as drill

    def standing():
        return {
            "sys": [sys.stdout, sys.stderr, sys.displayhook, sys.excepthook, list(sys.argv), list(sys.path)],
            "prompts": [hasattr(sys, name) for name in ("ps1", "ps2", "ps3")],
            "main": sys.modules["__main__"],
            "builtins": {name: value for name, value in vars(builtins).items()},
            "password": getpass.getpass,
            "outputs": (os.fstat(1).st_ino, os.fstat(2).st_ino),
            "environment": dict(os.environ),
            "folder": os.getcwd(),
            "rc": {name: dict.__getitem__(mpl.rcParams, name) for name in dict.keys(mpl.rcParams)},
            "patched": (nbclient.client.output_from_msg, papermill.engines.dateutil),
            "numbers": decimal.getcontext().prec,
            "shell": InteractiveShell.initialized(),
            "threads": confine.threads(),
        }

    from nbformat.v4 import new_code_cell, new_notebook

    warm.up()
    before = standing()
"""


def test_a_drill_shows_what_the_cells_show_and_leaves_the_process_as_it_was(holds):
    holds(f"""{STANDS}
    cells = ["1 + 1", "print('甲'); import os; os.environ['留'] = '1'; import decimal; decimal.getcontext().prec = 3"]
    done = drill.run(new_notebook(cells=[new_code_cell(source) for source in cells]))
    assert done.cells[0].outputs[0].data == {{"text/plain": "2"}}
    assert done.cells[1].outputs[0].text == "甲\\n"
    after = standing()
    assert after == before, [(name, before[name], after[name]) for name in before if after[name] != before[name]]
    """)


def test_a_drill_whose_cell_fails_gives_everything_back_as_well(holds):
    holds(f"""{STANDS}
    from gongwen.errors import NotebookFailed
    try:
        drill.run(new_notebook(cells=[new_code_cell("1 / 0")]))
    except NotebookFailed as failed:
        assert "除数为零" in str(failed)
    else:
        raise AssertionError("it did not fail")
    after = standing()
    assert after == before, [(name, before[name], after[name]) for name in before if after[name] != before[name]]
    """)


def test_a_whole_rehearsal_leaves_neither_shell_nor_thread_nor_setting(holds):
    holds(f"""{STANDS}
    from zhibi.warm_up import rehearsal
    rehearsal.rehearse()
    after = standing()
    assert after == before, [(name, before[name], after[name]) for name in before if after[name] != before[name]]
    """)


def test_after_a_rehearsal_a_shell_starts_where_and_when_it_is_used(holds):
    holds("""
    import os, tempfile
    from nbformat.v4 import new_code_cell, new_notebook
    from zhibi.warm_up import rehearsal
    from zhibi.engines.fork.engine import Zhibi
    rehearsal.rehearse()
    os.environ["PAGER"] = "mine"
    ask = "_dh, In, get_ipython().execution_count, get_ipython().starting_dir, __import__('os').environ['PAGER'], __name__"
    with tempfile.TemporaryDirectory() as folder:
        from pathlib import Path
        where = Path(folder).resolve()
        done = Zhibi().run(new_notebook(cells=[new_code_cell(ask)]), {}, cwd=where)
        shown = done.notebook.cells[0].outputs[0].data["text/plain"]
    expected = f"([{where!r}], ['', {ask!r}], 2, {str(where)!r}, 'cat', '__main__')"
    assert "".join(shown.split()) == "".join(expected.split()), (shown, expected)
    """)


def test_what_was_compiled_ahead_runs_as_if_it_had_not_been(holds):
    """Warnings, languages of the future, changed trees and tracebacks are those of a process that foresaw nothing."""
    holds("""
    from nbformat.v4 import new_code_cell, new_notebook
    from zhibi.warm_up import rehearsal
    from zhibi.engines.fork.engine import Zhibi
    from pathlib import Path
    sources = [
        "x = 1\\nx is 1",
        "def f(a: 没有): return a\\nf(1)",
        "from __future__ import annotations\\ndef f(a: 没有): return a\\nf(1)",
        "def g(a: 也没有): return a\\n[g(each) for each in (1, 2)]",
        "import asyncio\\nawait asyncio.sleep(0, 7)",
        "x = 1\\nx is 1",
        "[1 / each for each in (1, 0)]",
    ]
    tagged = {"tags": ["raises-exception"]}
    cells = [new_code_cell(source, metadata=tagged) for source in sources]
    note = new_notebook(cells=cells)
    plain = Zhibi().run(note, {}, cwd=Path.cwd())
    rehearsal.rehearse(note)
    ahead = Zhibi().run(note, {}, cwd=Path.cwd())
    def told(done):
        import re
        return [[re.sub(r"(zb-\\w+/)?ipykernel_\\d+", "", str(output)) for output in cell.outputs] for cell in done.notebook.cells]
    assert "SyntaxWarning" in str(told(plain)[0]) and "NameError" in str(told(plain)[1]), told(plain)
    assert "7" in str(told(plain)[4]) and "ZeroDivisionError" in str(told(plain)[6]), told(plain)
    assert told(ahead) == told(plain), (told(ahead), told(plain))
    """)
