#!/bin/sh
# 双击打开工作台；第一次会自己装好所需的软件。做什么写在 packaging/start/start.py 里。
cd "$(dirname "$0")" || exit 2
for each in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 python3 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
  if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$each" packaging/start/start.py "$@"
  fi
done
echo "需要 Python 3.11 或更新的版本。请到单位的软件库或 python.org 下载安装，再双击一次。"
exit 2
