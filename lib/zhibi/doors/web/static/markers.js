// Findings -> marks beside their places in the pages; a mark leads to its finding as a finding leads to its place.
"use strict";
(() => {
  const { one, all, placeOf, wordsIn } = window.zhibi;
  const PLACES = "button[data-go-to], button[data-paragraph], button[data-find]";

  const flags = new WeakMap();  // of a finding: its mark

  /** Marks for all findings; within a lot of pages that was just drawn, for those that have none yet. */
  const put = (lot = null) => {
    const within = lot || one("#pages"), paragraphs = wordsIn(within);
    if (!lot) all(".flag", within).forEach((flag) => flag.remove());
    all(".findings > li").forEach((item) => {
      const level = one(".level", item) || one("summary .level", item.closest("details.group") || item);
      const button = level && one(PLACES, item), known = flags.get(item);
      if (!button || (known && known.isConnected)) return;
      const place = placeOf(button, paragraphs), block = place && (place.closest("p") || place);
      if (!block || !within.contains(block)) return;
      const flag = document.createElement("button");
      flag.type = "button";
      flag.className = `flag ${level.className.replace("level", "").trim()}`;
      flag.setAttribute("aria-label", `${level.textContent.trim()}：${item.textContent.replace(/\s+/g, " ").trim().slice(0, 80)}`);
      flag.title = flag.getAttribute("aria-label");
      flag.style.insetBlockStart = `${1.6 * block.querySelectorAll(":scope > .flag").length}em`;
      flag.addEventListener("click", (event) => {
        event.stopPropagation();
        const group = item.closest("details");
        if (group) group.open = true;
        item.scrollIntoView({ block: "center" });
        item.classList.add("here");
        button.focus({ preventScroll: true });
        setTimeout(() => item.classList.remove("here"), 2500);
      });
      block.classList.add("flagged");
      block.append(flag);
      flags.set(item, flag);
    });
  };
  document.addEventListener("drawn", (event) => put(event.detail));
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "compared" && one("#pages[data-drawn]")) put(); });
})();
