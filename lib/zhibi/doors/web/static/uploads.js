// Files and folders that are dropped or chosen: one goes into the workspace by itself, several together as a folder.
"use strict";
(() => {
  const { base, one, secret, sentence } = window.zhibi;
  const LIMIT_MB = 50, MOST_FILES = 3000;

  const sent = async (zone, file, folder, fresh) => {
    if (file.size > LIMIT_MB * 1024 * 1024) throw new Error(`“${file.name}”超过${LIMIT_MB}MB，没有收下。`);
    const words = new URLSearchParams({ into: zone.dataset.into, name: file.name, folder, fresh: fresh ? "yes" : "" });
    const answer = await fetch(`${base}upload?${words}`, { method: "POST", body: file, headers: { ...secret(), "X-Piece": "1", "Content-Type": "application/octet-stream" } })
      .catch(() => { throw new Error(`“${file.name}”没有收下：文件正在被保存，或工作台已经关闭。请稍等再试。`); });
    if (!answer.ok) throw new Error(await sentence(answer));
    return answer.json();
  };
  const send = async (zone, files, title) => {
    const says = one(".drop-says", zone), usable = files.filter((file) => !/^(\.|~\$)/.test(file.name)).slice(0, MOST_FILES);
    if (!usable.length) { says.textContent = "里面没有文件，没有收下。"; return; }
    const together = usable.length > 1 || title;
    if (together && zone.dataset.into !== "data") { says.textContent = "这里一次只收一个文件，请逐个拖进来。"; return; }
    const folder = together ? title || `${usable[0].name.replace(/\.[^.]*$/, "")}等${usable.length}个文件` : "";
    let made = null, into = folder;
    const refused = [];
    for (const [number, file] of usable.entries()) {
      says.textContent = `正在收下“${file.name}”${together ? `（${number + 1}/${usable.length}）` : ""}……`;
      try { made = await sent(zone, file, into, !made); into = made.folder || into; } catch (trouble) { refused.push(trouble.message); }
    }
    says.textContent = refused.join("");
    if (!made) return;
    const next = zone.dataset.next + encodeURIComponent(together ? `data/${into}` : made.path);
    if (!refused.length) { location.assign(next); return; }
    const link = document.createElement("a");
    link.href = next; link.className = "button"; link.textContent = `用收下的${usable.length - refused.length}个文件`;
    says.append(document.createElement("br"), link);
  };

  // what lies in a folder that is dropped, one level deep: a branch's file each
  const entries = (reader) => new Promise((done) => reader.readEntries(done, () => done([])));
  const within = async (directory) => {
    const reader = directory.createReader(), found = [];
    for (let some = await entries(reader); some.length; some = await entries(reader)) found.push(...some);
    const files = found.filter((each) => each.isFile).map((each) => new Promise((done) => each.file(done, () => done(null))));
    return (await Promise.all(files)).filter(Boolean);
  };
  const zoneOf = (event) => event.target.closest && event.target.closest(".drop");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    const zone = zoneOf(event);
    if (zone) zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { const zone = zoneOf(event); if (zone) zone.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    const zone = zoneOf(event);
    if (!zone) return;
    zone.classList.remove("over");
    const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const directory = items.find((item) => item && item.isDirectory), files = [...event.dataTransfer.files];
    if (directory) send(zone, await within(directory), directory.name); else if (files.length) send(zone, files, "");
  });
  document.addEventListener("change", (event) => {
    const zone = event.target.matches("input[type=file]") && zoneOf(event), files = [...(event.target.files || [])];
    if (!zone || !files.length) return;
    const path = event.target.webkitdirectory ? files[0].webkitRelativePath.split("/") : [];
    const top = path.length ? files.filter((file) => file.webkitRelativePath.split("/").length === 2) : files;
    send(zone, top, path[0] || "");
  });
})();
