/* JupyterLab's launcher -> a tile that opens the workbench of the same server.

   JupyterLab loads prebuilt extensions as module federation containers: an object with `init`,
   which hands over the modules that are shared, and `get`, which gives a factory of ours. This
   one is small enough to be written by hand: it needs no bundler and no package of its own. */
(() => {
  "use strict";

  const COMMAND = "zhibi:open";
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    '<rect width="32" height="32" rx="6" fill="#9c1c1c"/>' +
    '<path d="M9 24 21 6l3 2-12 18H9z" fill="#fff"/>' +
    '<path d="M8 27h16" stroke="#fff" stroke-width="2"/></svg>';
  let shared = {};

  async function load(name) {
    const versions = Object.values(shared[name] || {});
    if (versions.length === 0) {
      throw new Error(`JupyterLab does not share ${name}`);
    }
    const factory = await versions[versions.length - 1].get();
    return factory();
  }

  async function extension() {
    const { ILauncher } = await load("@jupyterlab/launcher");
    const { PageConfig, URLExt } = await load("@jupyterlab/coreutils");
    const { LabIcon } = await load("@jupyterlab/ui-components");
    const icon = new LabIcon({ name: "zhibi:workbench", svgstr: ICON });
    const address = URLExt.join(PageConfig.getBaseUrl(), "zhibi/");
    return {
      __esModule: true,
      default: {
        id: "zhibi-launcher:workbench",
        autoStart: true,
        optional: [ILauncher],
        activate: (app, launcher) => {
          app.commands.addCommand(COMMAND, {
            label: "执笔工作台",
            caption: "检查数据、生成报告、核对出处、检查公文",
            icon,
            execute: () => window.open(address, "_blank", "noopener"),
          });
          if (launcher) {
            launcher.add({ command: COMMAND, category: "Notebook", rank: -1 });
          }
        },
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["zhibi-launcher"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await extension();
      return () => made;
    },
  };
})();
