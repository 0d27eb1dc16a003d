// What a page does by itself: files dropped, one channel of news, the report as pages, a figure and its rows.
"use strict";
(() => {
  const base = document.body.dataset.base + "zhibi/";
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const cookie = (name) => (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1] || "";
  const secret = () => ({ "X-XSRFToken": decodeURIComponent(cookie("_xsrf")) });

  const say = (words) => {
    const place = one("#said");
    place.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { place.textContent = ""; }, 8000);
  };
  const sentence = async (answer) => {
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    return (page.querySelector(".says") || { textContent: "没有做成，请再试一次。" }).textContent.trim();
  };
  const post = async (address, body) => {
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { ...secret(), "X-Piece": "1" } });
      if (answer.ok) return await answer.json();
      say(await sentence(answer));
    } catch {
      say("工作台没有回应，多半是已经关闭。请重新启动工作台，再试一次；已有的文件都在。");
    }
    return null;
  };

  document.addEventListener("htmx:configRequest", (event) => Object.assign(event.detail.headers, secret()));
  document.addEventListener("htmx:sendError", () => say("工作台没有回应，多半是已经关闭。请重新启动工作台。"));

  // a choice that leads to another page: at once by the mouse; by keys when it is settled with Enter or left
  all("select[data-go]").forEach((select) => {
    const before = select.value;
    let byKeys = false;
    const leave = () => {
      if (select.value === before) return;
      sessionStorage.setItem("zhibi-focus", select.id);
      location.assign(select.dataset.go + encodeURIComponent(select.value));
    };
    select.addEventListener("pointerdown", () => { byKeys = false; });
    select.addEventListener("keydown", (event) => {
      byKeys = event.key !== "Enter";
      if (!byKeys) leave();
    });
    select.addEventListener("change", () => { if (!byKeys) leave(); });
    select.addEventListener("blur", leave);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.dataset.names !== undefined && pages) event.detail.parameters.folder = pages.dataset.folder || "";
  });

  // the report as pages
  const pages = one("#pages");
  const OPTIONS = { inWrapper: true, breakPages: true, ignoreLastRenderedPageBreak: false, renderAltChunks: false, renderComments: false, experimental: false, useBase64URL: true, className: "docx" };
  const fit = () => {
    const page = pages && one("section.docx", pages);
    if (!page) return;
    const room = one(".preview").clientWidth - 40;
    pages.style.zoom = Math.min(1.15, Math.max(0.45, room / (page.offsetWidth || 794)));
  };
  const describe = async (file, within) => {
    // what a picture shows, in the words that the file has for it
    const images = all("article img", within);
    if (!images.length) return;
    images.forEach((image) => { image.alt = "没有文字说明的图片"; });
    const zip = await window.JSZip.loadAsync(file), main = zip.file("word/document.xml");
    if (!main) return;
    const text = new DOMParser().parseFromString(await main.async("string"), "text/xml");
    const pictures = [...text.getElementsByTagName("w:drawing")].filter((each) => each.getElementsByTagName("a:blip").length);
    if (pictures.length !== images.length) return;
    pictures.forEach((each, place) => {
      const words = (each.getElementsByTagName("wp:docPr")[0] || each).getAttribute("descr");
      if (words) images[place].alt = words;
    });
  };
  // the pages come in lots, each a file of its own: those in view are drawn at once, the others while nothing else is to be
  // done; a lot that was drawn from the same file stays, and of another only the pages that changed are laid out anew
  const drawnFrom = new WeakMap();
  const lotsOf = () => all(":scope > .lot", pages);
  const stale = () => lotsOf().filter((lot) => lot.drawn !== lot.version);
  const distance = (lot) => {
    const room = one(".preview").getBoundingClientRect(), box = lot.getBoundingClientRect();
    return Math.max(0, box.top - room.bottom, room.top - box.bottom);
  };
  const arrange = ({ lots, whole }) => {
    let first = 1;
    lots.forEach(({ path, version, pages: count }, number) => {
      const lot = lotsOf()[number] || document.createElement("div");
      if (!lot.isConnected) { lot.className = "lot"; pages.append(lot); }
      Object.assign(lot, { path, version, first });
      if (!lot.drawn && one("section.docx", pages)) reserve(lot, count);
      first += count;
    });
    if (whole) lotsOf().slice(lots.length).forEach((lot) => lot.remove());
    pages.lotsFollow = !whole;
  };
  const reserve = (lot, count) => {
    // empty paper, so that the whole length can be scrolled at once
    const wrapper = document.createElement("div"), model = one("section.docx", pages);
    wrapper.className = "docx-wrapper";
    for (let number = lot.first; number < lot.first + count; number += 1) {
      const sheet = model.cloneNode(false);
      sheet.classList.add("pending");
      sheet.setAttribute("aria-hidden", "true");
      sheet.textContent = `第${number}页，正在排`;
      wrapper.append(sheet);
    }
    lot.replaceChildren(wrapper);
  };
  const exchange = (lot, fresh) => {
    const after = all("section.docx", fresh), before = all("section.docx", lot);
    after.forEach((sheet) => drawnFrom.set(sheet, sheet.outerHTML));
    const wrapper = before.length && before[0].parentElement;
    if (!wrapper) { lot.replaceChildren(...fresh.childNodes); return; }
    after.forEach((sheet, number) => {
      if (!before[number]) wrapper.append(sheet);
      else if (drawnFrom.get(before[number]) !== drawnFrom.get(sheet)) before[number].replaceWith(sheet);
    });
    before.slice(after.length).forEach((sheet) => sheet.remove());
  };
  const file = async ({ path }) => {
    const answer = await fetch(`${base}file?path=${encodeURIComponent(path)}`, { headers: { ...secret(), "X-Piece": "1" } });
    if (answer.ok) return answer.arrayBuffer();
    say(await sentence(answer));
    return null;
  };
  const drawLot = async (lot) => {
    const { version, first } = lot, content = await file(lot);
    if (!content) return false;
    const fresh = document.createElement("div"), styles = document.createElement("div");
    try {
      await window.docx.renderAsync(content, fresh, styles, OPTIONS);
      await describe(content, fresh);
    } catch {
      lot.textContent = "这个文件在页面里排不出来；可以下载后用 Word 打开。";
      lot.drawn = version;
      return true;
    }
    all("a", fresh).forEach((link) => {
      const fact = (link.getAttribute("href") || "").match(/#f-([0-9a-f]{12})$/);
      if (fact) { link.className = "figure"; link.dataset.fact = fact[1]; link.title = "看它是怎么来的"; } else { link.removeAttribute("href"); }
    });
    all("[id^=continued-]", fresh).forEach((mark) => mark.closest("p").classList.add("continued"));
    all("section.docx", fresh).forEach((sheet, number) => {
      const walk = document.createTreeWalker(sheet.querySelector(":scope > footer") || document.createElement("i"), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(/^(\D*)\d+(\D*)$/, `$1${first + number}$2`);
    });
    const old = one("[data-styles]", pages);
    styles.dataset.styles = "";
    if (!old) pages.replaceChildren(styles, ...lotsOf());
    else if (old.innerHTML !== styles.innerHTML) old.replaceWith(styles);
    exchange(lot, fresh);
    lot.drawn = version;
    return true;
  };
  let drawing = Promise.resolve();
  const next = (step) => { const done = drawing.then(step); drawing = done.catch(() => {}); return done; };
  const nearest = () => stale().map((lot) => ({ lot, far: distance(lot) })).sort((left, right) => left.far - right.far)[0];
  const drawRest = () => {
    // one lot after another, the nearest first, as long as nobody needs the browser for anything else
    const idle = window.requestIdleCallback || ((step) => setTimeout(step, 50));
    if (drawRest.waits) return;
    drawRest.waits = true;
    idle(() => next(async () => {
      drawRest.waits = false;
      const { lot } = nearest() || {};
      if (!lot || !await drawLot(lot)) return;
      document.dispatchEvent(new CustomEvent("drawn", { detail: lot }));
      settle();
    }), { timeout: 500 });
  };
  const settle = () => {
    if (stale().length) { drawRest(); return; }
    if (pages.lotsFollow) return;
    pages.dataset.whole = String(Date.now());
    document.dispatchEvent(new CustomEvent("drawn"));
  };
  const draw = (told) => next(async () => {
    const view = one(".preview"), at = view.scrollTop;
    arrange(told);
    for (;;) {
      const { lot, far } = nearest() || {};
      if (!lot || (far > 0 && one("section.docx:not(.pending)", pages))) break;
      if (!await drawLot(lot)) return;
      arrange(told);
      fit();
    }
    view.scrollTop = at;
    pages.dataset.drawn = String(Date.now());
    document.dispatchEvent(new CustomEvent("drawn"));
    settle();
  });
  window.addEventListener("resize", fit);
  const show = async (folder) => {
    if (!folder || !pages) return;
    pages.dataset.folder = folder;
    const answer = await fetch(`${base}report/shown?folder=${encodeURIComponent(folder)}`, { headers: { ...secret(), "X-Piece": "1" } });
    const about = one("#about");
    about.innerHTML = await answer.text();
    window.htmx.process(about);
    const shown = one("#shown", about);
    if (shown) await draw(JSON.parse(shown.dataset.pages));
  };
  const go = (place) => {
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    place.classList.add("here");
    setTimeout(() => place.classList.remove("here"), 2500);
  };
  const mark = (place) => {
    all(".found", pages).forEach((each) => each.classList.remove("found"));
    if (!place) { say("这一处在页面上没有排出来，请在 Word 里看。"); return; }
    place.classList.add("found");
    place.scrollIntoView({ block: "center" });
  };
  const paragraph = (name) => {
    const start = document.getElementById(name);
    return start && (start.closest("p") || start.parentElement);
  };
  // letters only: a run of blanks in the file is one blank in the page; what goes on over a page is two paragraphs there
  const letters = (words) => words.replace(/\s+/g, "");
  const wordsIn = (within) => all("p", within).map((place) => ({ place, words: letters(place.textContent) }));
  const printed = (text, paragraphs) => {
    const wanted = letters(text), beginning = wanted.slice(0, 8);
    const found = paragraphs.find(({ words }) => words === wanted)
      || paragraphs.find(({ words }) => words.includes(wanted))
      || paragraphs.find(({ words }) => words.startsWith(beginning) && wanted.startsWith(words));
    return found && found.place;
  };
  const figureAfter = (fact, anchor) => {
    const printedAt = fact ? all(`a.figure[data-fact="${fact}"]`, pages) : [];
    return printedAt.find((figure) => anchor && anchor.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING);
  };
  const placeOf = (button, paragraphs = null) => {
    // where in the pages a finding or a use of a row stands; `paragraphs` with their words, if they are known
    const { goTo, fact, paragraph: name, find } = button.dataset;
    if (goTo) {
      const anchor = document.getElementById(goTo);
      return figureAfter(fact, anchor) || (fact && one(`a.figure[data-fact="${fact}"]`, pages)) || (anchor && (anchor.closest("p") || anchor));
    }
    return name ? paragraph(name) : printed(find, paragraphs || wordsIn(pages));
  };
  const reach = async (button) => {
    // the same, on pages too that are not drawn yet: the lot that has it is drawn now
    const { goTo, fact, paragraph: name, find } = button.dataset;
    const there = () => (fact ? figureAfter(fact, document.getElementById(goTo)) : placeOf(button));
    const marks = fact ? [`w:anchor="f-${fact}"`] : [`w:name="${goTo || name}"`];
    for (const lot of there() ? [] : stale()) {
      const zip = await window.JSZip.loadAsync(await file(lot)), main = await zip.file("word/document.xml").async("string");
      const has = find ? letters(main.replace(/<[^>]+>/g, "")).includes(letters(find)) : marks.some((mark) => main.includes(mark));
      if (!has) continue;
      await next(() => drawLot(lot));
      document.dispatchEvent(new CustomEvent("drawn", { detail: lot }));
      if (there()) break;
    }
    return placeOf(button);
  };
  window.zhibi = { base, one, all, say, secret, sentence, placeOf, wordsIn };
  let area = null, lastFigure = null;
  const back = () => {
    const figure = lastFigure && (lastFigure.isConnected ? lastFigure : one(`a.figure[data-fact="${lastFigure.dataset.fact}"]`, pages));
    if (figure) { figure.scrollIntoView({ block: "center" }); figure.focus({ preventScroll: true }); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest && event.target.closest(".margin")) { event.preventDefault(); back(); }
  });

  const saved = () => new Promise((done) => {
    // what a figure rests on is read from the report as it was saved: a moment after its pages are there
    if (!heard.early || heard.early.ended) { done(); return; }
    document.body.addEventListener("job-ended", done, { once: true });
    setTimeout(done, 20000);
  });
  document.addEventListener("click", async (event) => {
    const figure = event.target.closest("a.figure");
    if (figure) {
      event.preventDefault();
      all(".chosen", pages).forEach((each) => each.classList.remove("chosen"));
      all(`a.figure[data-fact="${figure.dataset.fact}"]`, pages).forEach((each) => each.classList.add("chosen"));
      lastFigure = figure;
      one("#origin").replaceChildren();
      if (heard.early && !heard.early.ended) await saved();
      const address = `${base}report/figure?folder=${encodeURIComponent(pages.dataset.folder)}&fact=${figure.dataset.fact}`;
      await window.htmx.ajax("GET", address, { target: "#origin", swap: "innerHTML" });
      one("#origin").focus({ preventScroll: true });
      one(".margin").scrollTop = 0;
      return;
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.goTo) {
      go(await reach(button));
    } else if (button.dataset.paragraph || button.dataset.find) {
      mark(await reach(button));
    } else if (button.dataset.back !== undefined) {
      back();
    } else if (button.dataset.stop) {
      await post(`${base}stop`, new URLSearchParams({ key: button.dataset.stop }));
    } else if (button.dataset.pdf) {
      await post(`${base}report/pdf`, new URLSearchParams({ folder: button.dataset.pdf }));
    } else if (button.dataset.all !== undefined) {
      all("input[name=repair]", button.form).forEach((each) => { each.checked = true; });
    } else if (button.dataset.insert) {
      area = area || one("textarea[data-meant]");
      if (area) { area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end"); area.focus(); area.dispatchEvent(new Event("input", { bubbles: true })); }
    }
  });
  document.addEventListener("focusin", (event) => { if (event.target.matches("textarea[data-meant]")) area = event.target; });
  document.addEventListener("change", (event) => { // a kind of repair is all its cells
    const item = event.target.matches(".repairs input[type=checkbox]") && event.target.closest("li");
    if (!item) return;
    const cells = all("input[name=cell]", item), kind = one("input[name=repair]", item);
    if (event.target === kind) cells.forEach((each) => { each.checked = kind.checked; });
    else if (event.target.name === "cell" && !event.target.checked) kind.checked = false;
  });
  document.addEventListener("input", (event) => {
    const meant = event.target.matches("textarea[data-meant]") && one("[data-meant-for]");
    if (meant && meant.dataset.meantFor) meant.value = meant.dataset.meantFor;
  });

  // work that takes a while
  const form = one("#make"), mine = document.body.dataset.job;
  const begin = async () => {
    const job = await post(form.action, new URLSearchParams(new FormData(form)));
    if (job) heard(job);
  };
  if (form) form.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
  const seen = {};
  const heard = (job) => {
    const place = one("#jobs");
    place.textContent = job.ended ? "" : `${job.title}：${job.state}`;
    const known = seen[job.number];
    seen[job.number] = job.state;
    if (job.key.startsWith("pdf:") && job.ended && known) { if (job.says) say(job.says); else show(pages.dataset.folder).then(() => { if (job.note) say(job.note); }); return; }
    if (job.key !== mine) return;
    const progress = one("#progress"), stop = one("#stop");
    if (heard.early && heard.early.number === job.number) heard.early.ended = job.ended;
    else if (!job.ended && job.progress.pages && pages) {
      heard.early = { number: job.number, ended: false };  // the first pages are there before the report is checked and saved
      draw(job.progress.pages);
    }
    if (stop) stop.hidden = job.ended;
    progress.replaceChildren();
    if (!job.ended) {
      const bar = document.createElement("progress"), says = document.createElement("p");
      bar.setAttribute("aria-label", job.title);
      const { done = 0, total = 0, failed = 0, says: doing = "" } = job.progress;
      if (total) { bar.max = total; bar.value = done; }
      says.textContent = [job.state, total ? `${done}/${total}` : "", failed ? `没有做成${failed}份` : "", doing].filter(Boolean).join("，");
      progress.append(bar, says);
    } else if (job.says) {
      const says = document.createElement("div"), words = document.createElement("p");
      says.className = "trouble"; says.setAttribute("role", "alert"); words.className = "says"; words.textContent = job.says;
      says.append(words); progress.append(says);
      if (known !== undefined && known !== job.state) says.scrollIntoView({ block: "nearest" });
    }
    if (job.ended && job.note) {
      const note = document.createElement("p");
      note.className = "made"; note.textContent = job.note; progress.append(note);
    }
    if (job.ended && known !== undefined && known !== job.state) {
      if (job.folder && pages) show(job.folder);
      document.body.dispatchEvent(new CustomEvent("job-ended"));
    }
  };
  const listen = () => {
    const watched = (document.body.dataset.watch || "").split("|").filter(Boolean);
    const query = watched.map((path) => `watch=${encodeURIComponent(path)}`).join("&");
    // behind JupyterHub whatever is no page is asked with the secret, and a channel can carry no header
    const channel = new EventSource(`${base}events?${query}&_xsrf=${cookie("_xsrf")}`);
    channel.addEventListener("jobs", (event) => JSON.parse(event.data).forEach(heard));
    channel.addEventListener("job", (event) => heard(JSON.parse(event.data)));
    channel.addEventListener("saved", (event) => {
      document.body.dispatchEvent(new CustomEvent("saved", { detail: JSON.parse(event.data) }));
      const live = one("#live");
      if (live && live.checked && form && pages.dataset.drawn && !JSON.parse(event.data).path.startsWith("params/")) begin();
    });
    window.addEventListener("pagehide", () => channel.close());
  };

  document.addEventListener("DOMContentLoaded", () => {
    listen();
    const last = document.getElementById(sessionStorage.getItem("zhibi-focus") || "");
    sessionStorage.removeItem("zhibi-focus");
    if (last) last.focus();
    if (pages && pages.dataset.folder) show(pages.dataset.folder);
  });
  /** A wide table stands so that its first marked cell is seen. */
  function reveal(box) {
    const cell = one("td.marked", box);
    if (!cell) return;
    const beyond = cell.getBoundingClientRect().right - box.getBoundingClientRect().right;
    if (beyond > 0) box.scrollLeft += beyond + 16;
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    all(".scroll", event.target).forEach(reveal);
    const shown = one("#shown", event.target);
    if (event.target.id === "findings" && shown && shown.dataset.pages) draw(JSON.parse(shown.dataset.pages));
  });
})();
