#!/bin/sh
# 双击打开工作台；第一次会自己装好所需的软件。
cd "$(dirname "$0")" || exit 2
PYTHON=${PYTHON:-python3}
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "需要 Python 3.11 或更新的版本。请到单位的软件库或 python.org 下载安装，再双击一次。"
  exit 2
fi
if [ ! -x .venv/bin/zhibi ]; then
  echo "第一次使用，正在安装所需的软件，要几分钟……"
  "$PYTHON" -m venv .venv || exit 2
  if [ -d wheels ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels zhibi || exit 2
  else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt . || exit 2
  fi
fi
[ -d 我的工作区 ] || .venv/bin/zhibi init 我的工作区 || exit 2
cd 我的工作区 || exit 2
echo "工作台正在打开。用的时候不要关这个窗口；用完了关掉它就行。"
exec ../.venv/bin/zhibi web "$@"
