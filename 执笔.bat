@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PY=py -3"
where py >nul 2>nul || set "PY=python"
%PY% -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul || (
  echo 需要 Python 3.11 或更新的版本。请到单位的软件库或 python.org 下载安装，安装时勾选 Add to PATH，再双击一次。
  pause
  exit /b 2
)
if not exist .venv\Scripts\zhibi.exe (
  echo 第一次使用，正在安装所需的软件，要几分钟……
  %PY% -m venv .venv || (pause & exit /b 2)
  if exist wheels (
    .venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels zhibi || (pause & exit /b 2)
  ) else (
    .venv\Scripts\python -m pip install --quiet --disable-pip-version-check -c constraints.txt . || (pause & exit /b 2)
  )
)
if not exist 我的工作区 .venv\Scripts\zhibi init 我的工作区
cd 我的工作区
echo 工作台正在打开。用的时候不要关这个窗口；用完了关掉它就行。
..\.venv\Scripts\zhibi web
pause
