"""JupyterHub 的配置样例：每个登录的人一个执笔工作台，各用各的文件夹。

    pip install jupyterhub && npm install -g configurable-http-proxy
    jupyterhub -f packaging/jupyterhub/jupyterhub_config.py

执笔要装在运行 JupyterHub 的同一个 Python 环境里。登录用的是服务器上的系统账号（PAM）；别的登录办法照
JupyterHub 的文档换。本机之外的人要用，请在前面加 HTTPS。
"""

import os
import pwd
import sys
from pathlib import Path

FOLDER = "我的工作区"


def own_folder(spawner):
    """每个人自己的工作区文件夹：第一次登录时建好，属于他本人，别人读不到。"""
    user = pwd.getpwnam(spawner.user.name)
    folder = Path(user.pw_dir, FOLDER)
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, user.pw_uid, user.pw_gid)


c = get_config()  # noqa: F821  # JupyterHub 读这个文件时给出
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.Authenticator.allow_existing_users = True
c.Authenticator.allow_all = True  # 服务器上有账号的人都可以用；只让几个人用，改成 allowed_users = {"甲", "乙"}
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/zhibi"
c.Spawner.notebook_dir = f"~/{FOLDER}"
c.Spawner.pre_spawn_hook = own_folder
c.Spawner.start_timeout = 120
c.Spawner.mem_limit = None  # 一份报告最多用4GB内存，人多时照服务器的内存定，如 "6G"
