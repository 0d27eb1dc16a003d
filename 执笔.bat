@echo off
rem ASCII only down to the last label: until then any code page reads this file alike.
setlocal
pushd "%~dp0" || exit /b 2
set "SAY=1"
if not exist packaging\start\start.py goto say
set "PY="
py -3 -c "pass" >nul 2>nul && set "PY=py -3"
if not defined PY python -c "pass" >nul 2>nul && set "PY=python"
set "SAY=2"
if not defined PY goto say
%PY% packaging\start\start.py %*
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" pause
popd
exit /b %CODE%
:say
chcp 65001 >nul
if "%SAY%"=="1" echo 请先把整个压缩包解压到一个文件夹，再双击里面的“执笔”。
if "%SAY%"=="2" echo 这台电脑上没有 Python。请到单位的软件库或 python.org 下载安装 3.11 或更新的版本，安装时勾选 Add to PATH，再双击一次。
pause
popd
exit /b 2
