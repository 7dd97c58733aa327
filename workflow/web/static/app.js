// Comfort only: every page works without this file.
"use strict";

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

// Coming back to a page kept by the browser, its forms can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

// What is typed is not lost by a slip: leaving a page with a changed form asks first.
let changed = false;
document.addEventListener("input", (event) => {
  if (event.target.form && event.target.form.method === "post") changed = true;
});
document.addEventListener("submit", () => {
  changed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

// What is heavy comes after the page: its place holds a link to it meanwhile.
for (const place of document.querySelectorAll("[data-load]")) {
  fetch(place.dataset.load, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((text) => {
      const read = new DOMParser().parseFromString(text, "text/html");
      const count = read.querySelector("[data-count]");
      const link = place.querySelector("a");
      if (count && link && count.textContent.trim() !== "0") link.append(` (${count.textContent.trim()})`);
    })
    .catch(() => {});
}

// A chart that is wider than the screen begins near today.
for (const chart of document.querySelectorAll(".gantt-chart[data-today]")) {
  const box = chart.closest(".scroll");
  if (box && box.scrollWidth > box.clientWidth) box.scrollLeft = Math.max(0, Number(chart.dataset.today) - 90);
}

// An open page follows what changes. Only marked regions are replaced, and none in which somebody is at work:
// a focused field, a changed form, a marked text. What is held back is brought in as soon as it is left.
(() => {
  const main = document.getElementById("main");
  if (!main || !main.dataset.versionAt || !window.fetch) return;
  const every = 30000;
  const asleep = 2 * 3600 * 1000; // A page that nobody looks at must not keep its reader signed in.
  let active = Date.now();
  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, () => (active = Date.now()), { passive: true });
  const told = document.getElementById("fresh");
  const seen = new WeakSet();
  document.addEventListener("input", (event) => seen.add(event.target.form || event.target));

  const atWork = (region) => {
    if (region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return true;
    const marked = document.getSelection();
    if (marked && !marked.isCollapsed && region.contains(marked.anchorNode)) return true;
    return [...region.querySelectorAll("form")].some((form) => seen.has(form));
  };

  // What the reader has opened stays open.
  const carryOver = (from, to) => {
    const opened = from.querySelectorAll("details");
    to.querySelectorAll("details").forEach((each, place) => {
      if (opened[place]) each.open = opened[place].open;
    });
  };

  const bringIn = (fresh) => {
    let held = false;
    for (const region of main.querySelectorAll("[data-live]")) {
      const next = fresh.querySelector(`[data-live="${region.dataset.live}"]`);
      if (!next || next.innerHTML === region.innerHTML) continue;
      if (atWork(region)) {
        held = true;
        continue;
      }
      const places = [...region.querySelectorAll(".scroll")].map((each) => [each.scrollLeft, each.scrollTop]);
      carryOver(region, next);
      const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      region.replaceWith(next);
      next.querySelectorAll(".scroll").forEach((each, place) => places[place] && each.scrollTo(...places[place]));
      if (focused) [...next.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus({ preventScroll: true });
    }
    return held;
  };

  const look = async () => {
    if (document.hidden || Date.now() - active > asleep) return;
    const answer = await fetch(main.dataset.versionAt, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) return;
    const { version } = await answer.json();
    if (version === main.dataset.version) return;
    const page = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (!page.ok || page.redirected) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("main");
    if (!fresh || !fresh.dataset.version) return;
    const held = bringIn(fresh);
    if (!held) main.dataset.version = fresh.dataset.version;
    told.textContent = held ? main.dataset.heldWords : main.dataset.freshWords;
  };
  const quietly = () => look().catch(() => {});
  setInterval(quietly, every);
  document.addEventListener("visibilitychange", quietly);
})();
