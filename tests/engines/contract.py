"""Cells that show what a kernel can do, and what two runs of them may differ in."""

from __future__ import annotations

import re
from itertools import groupby

from nbformat.notebooknode import NotebookNode

DISPLAYS = [
    "1 + 1",
    "'中文', 2.5, None, [1, {'甲': (1, 2)}]",
    "None",
    "7;",
    (
        "from IPython.display import HTML, JSON, SVG, Image, Latex, Markdown, clear_output, display, update_display\n"
        "display(HTML('<b>粗</b>'), Markdown('**粗**'), Latex('$x$'), JSON({'甲': [1, None]}), metadata={'说明': 1})"
    ),
    "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>'))",
    (
        "import base64, io\nfrom PIL import Image as Picture\nout = io.BytesIO(); Picture.new('RGB', (2, 2)).save(out, 'PNG')\n"
        "Image(out.getvalue(), width=20)"
    ),
    "display({'text/plain': 'x', 'application/x-own+json': {'键': [1, 2, (3, 4)], '数': 1.5}}, raw=True)",
    (
        "class Rich:\n"
        "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/plain': '富', 'text/html': '<i>富</i>'}, {'text/html': {'isolated': True}}\n"
        "Rich()"
    ),
    "handle = display('一', display_id='one'); display('二', display_id='two')",
    "handle.update('一又'); update_display('二又', display_id='two')",
    "print('去'); display('也去'); clear_output(); print('留')",
    "print('先'); clear_output(wait=True); print('后')",
    "import pandas as pd, numpy as np\nframe = pd.DataFrame({'名': ['甲', '乙'], '数': [1.5, np.nan]}); frame",
    "frame.style.set_uuid('u')",
    "frame['数'].describe()",
    (
        "%load_ext zhibi\nfrom zhibi import count, prose, table\n"
        "rows = pd.DataFrame({'名': ['甲']}, index=pd.MultiIndex.from_tuples([('f', 's', 2)], names=['file', 'sheet', 'row']))\n"
        "人数 = count(rows, '人数', '名')\ntable(rows, caption='表')"
    ),
    "%%正文\n# 题目\n\n共有{{ 人数 }}。",
    "%%prose\n再说{{ 人数 }}。",
    "句 = prose('又说{{ 人数 }}。', globals())\n句",
    "display(句, metadata={'说明': 1}); display(句, include=['text/plain']); handle = display(句, display_id='句')",
    "get_ipython().display_formatter.formatters['text/html'].for_type(type(句), lambda shown: '<b>另样</b>')\n句",
]
STREAMS = [
    "import os, subprocess, sys, time\nprint('一'); print('二', end=''); sys.stdout.write('三\\n')",
    "print('错', file=sys.stderr); print('对')",
    "for n in range(1000): print(n, end=' ')",
    # a kernel reads what others write with a thread of its own, and loses what comes as the cell ends
    "os.write(1, '下面写\\n'.encode()); left = os.system('echo 系统'); time.sleep(0.5); left",
    "subprocess.run([sys.executable, '-c', 'import sys; print(1); print(2, file=sys.stderr)']); time.sleep(0.5)",
    "!echo 行",
    "%%bash\necho 出\necho 错 >&2",
    "import logging\nlogging.warning('记'); logging.getLogger('甲').error('录')",
    "import warnings\nwarnings.warn('当心'); warnings.warn('过时', DeprecationWarning)",
    "print('\\x1b[31m红\\x1b[0m', '\\r回', '\\ud800'.encode('utf-8', 'replace'))",
    "print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdin is None)",
    "import threading\nt = threading.Thread(target=print, args=('线程',)); t.start(); t.join()",
    "pid = os.fork()\nif pid == 0:\n    print('子'); sys.stdout.flush(); os._exit(0)\nos.waitpid(pid, 0)[1]",
]
CODE = [
    "import asyncio\nawait asyncio.sleep(0.01)\n'等到'",
    "async def later(): return 3\ntask = asyncio.create_task(later())\nawait task",
    "async def some():\n    for n in range(2):\n        yield n\n[n async for n in some()]",
    "asyncio.get_running_loop().is_running()",
    "%pwd",
    "%who_ls int",
    "%%capture kept\nprint('收')",
    "kept.stdout",
    "%%timeit -n1 -r1 -o -q\npass",
    "%precision 3\n3.14159",
    "%history -l 2",
    "%alias_magic t timeit",
    "len?",
    "help(len)",
    "_, __, In[-2], sorted(Out)[:3], __name__, __builtins__.__name__",
    "get_ipython().__class__.__name__, get_ipython().execution_count",
    "sys.flags.safe_path, [p for p in sys.path if 'lib' not in p]",
    "import random; random.seed(1); random.random(), np.random.default_rng(1).random()",
    "import pickle\nclass Own: pass\npickle.loads(pickle.dumps(Own())).__class__ is Own",
    "import sys; sys.modules['__main__'].Own is Own",
    "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor(2).map(str, range(3)))",
    "{k: os.environ.get(k) for k in ('MPLBACKEND', 'TERM', 'PAGER', 'CLICOLOR', 'FORCE_COLOR')}",
    "# nothing",
]  # fmt: skip
FIGURES = [
    "import matplotlib as mpl, matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);",
    "fig, ax = plt.subplots(figsize=(2, 1)); ax.bar(['a'], [1]); print('图'); fig",
    "plt.figure(); plt.plot([1]); plt.show(); print('后')",
    "mpl.get_backend(), plt.isinteractive(), plt.get_fignums(), mpl.rcParams['figure.dpi'], mpl.rcParams['font.family']",
    "%matplotlib inline\nplt.hist([1, 1, 2]);",
    "%config InlineBackend.figure_format = 'svg'\nmpl.rcParams['svg.hashsalt'] = 'x'; plt.figure(figsize=(1, 1)); plt.plot([1]); None",
    "from zhibi import chart_style, figure\nchart_style(); fig, ax = plt.subplots(); ax.set_title('图题'); figure(fig, '图', [人数])",
]
ERRORS = [  # each with the tag raises-exception
    "class Broken:\n    def _repr_html_(self): raise ValueError('画不出')\n    def __repr__(self): return '残'\nBroken()",
    "1 / 0",
    "def inner(): return {}['无']\ndef outer():\n    try: inner()\n    except KeyError as e: raise ValueError('不对') from e\nouter()",
    "def (",
    "  x = 1\n y = 2",
    "raise KeyboardInterrupt",
    "from gongwen.errors import BadFigure\nraise BadFigure('表一', '列数不对')",
    "raise ExceptionGroup('几个', [ValueError(1), TypeError('二')])",
    "%没有这个",
    "%%没有这个\n1",
    "input('问')",
    "import getpass; getpass.getpass()",
    "%run 没有.py",
    "!exit 3\n_exit_code",
    "print('先说'); assert False, '不成立'",
    "class Odd(Exception):\n    def __str__(self): return '怪\\x1b[1m'\nraise Odd",
    "await asyncio.sleep('x')",
    "%xmode Plain\n1 / 0",
]
STATE = [  # of every library: what a notebook finds when it starts
    (
        "import warnings\nimport pandas as pd\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n"
        "    options = {key: repr(pd.get_option(key)) for key in sorted(pd._config.config._registered_options)}\noptions"
    ),
    "pd.reset_option('display.max_columns'); pd.get_option('display.max_columns')",
    "import matplotlib as mpl\n{key: repr(value) for key, value in sorted(mpl.rcParams.items())}",
    "import numpy as np\nnp.get_printoptions(), np.geterr()",
    "sorted({str(each) for each in warnings.filters if 'urllib3' not in str(each) and 'requests.' not in str(each)})",
    "import decimal, locale, random, threading\nlocale.getlocale(), locale.getpreferredencoding(), decimal.getcontext()",
    "shell = get_ipython()\n{name: repr(getattr(shell, name)) for name in sorted(shell.trait_names(config=True))}",
    "{kind: (sorted(map(str, each.type_printers)), each.enabled) for kind, each in shell.display_formatter.formatters.items()}",
    "sorted(shell.magics_manager.magics['line']), sorted(shell.magics_manager.magics['cell'])",
    (
        "import os, pyarrow\nnames = ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'JE_ARROW_MALLOC_CONF', "
        "'PYDEVD_USE_FRAME_EVAL', 'ZHIBI_QUIET')\npyarrow.cpu_count(), {name: os.environ.get(name) for name in names}"
    ),
    "threading.current_thread() is threading.main_thread(), random.getstate()[0]",
]
WIDE = [
    "import pandas as pd\nframe = pd.DataFrame({f'指标名称{n}': range(3) for n in range(12)}); print(frame)\nframe",
    "pd.DataFrame({f'c{n}': range(3) for n in range(30)})",
    "pd.DataFrame({'a': range(100)}), pd.DataFrame({'长': ['字' * 80]}), pd.Series(range(100))",
    "pd.DataFrame({(a, b): [1] for a in '甲乙丙' for b in range(9)})",
]
TOPICS = {
    "state": STATE,
    "wide": WIDE,
    "displays": DISPLAYS,
    "streams": STREAMS,
    "code": CODE,
    "figures": FIGURES,
    "errors": ERRORS,
}

_VARIES = [
    (re.compile(r"/[^\s'\"]*?ipykernel_\d+/\d+\.py"), "CELL"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0x"),
    (re.compile(r"<dc:date>.*?</dc:date>"), "DATE"),
    (re.compile(r"<TimeitResult.*?>"), "TIMEIT"),
    (re.compile(r"\b(?:File|at) /[^\s]*/site-packages/"), "SITE "),
]


def told(cell: NotebookNode) -> dict:
    """What a cell shows, without what no two runs have in common.

    How often a stream was sent, and which of the two first, depends on the clock of the kernel that sends it.
    """
    outputs: list[dict] = []
    for printed, group in groupby(
        cell.get("outputs", ()), lambda output: output.output_type == "stream"
    ):
        listed = [dict(output) for output in group]
        if printed:
            texts = {
                name: "".join(each["text"] for each in listed if each["name"] == name)
                for name in ("stdout", "stderr")
            }
            listed = [{"stream": name, "text": text} for name, text in texts.items() if text]
        outputs += listed
    return {"count": cell.get("execution_count"), "outputs": _settled(outputs)}


def _settled(value: object) -> object:
    match value:
        case str():
            for pattern, replacement in _VARIES:
                value = pattern.sub(replacement, value)
            return value
        case dict():
            return {key: _settled(each) for key, each in value.items()}
        case list():
            return [_settled(each) for each in value]
        case _:
            return value
