// Reloads the page when the registry changes, and lists what `registry lint` finds in a panel over it.
// Part of `registry serve` only. Builds every element from text, so that nothing in a record becomes markup.
"use strict";
(() => {
  const { version, errors, warnings, file, draft } = document.currentScript.dataset;
  const OPEN = "registry-panel-open";
  const SCROLL = "registry-scroll";
  const MOST = 200;

  // Storage may be forbidden; then nothing is remembered.
  const recall = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* forgotten */ } };

  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // Words between backticks are the author's own.
  function prose(name, text, className) {
    const made = element(name, "", className);
    text.split("`").forEach((part, at) => {
      if (part) made.append(at % 2 ? element("code", part) : part);
    });
    return made;
  }

  // ---- reloading

  function reload() {
    keep(SCROLL, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function returnToPlace() {
    const [path, x, y] = JSON.parse(recall(SCROLL) || "[]");
    if (path !== location.pathname) return;
    keep(SCROLL, "[]");
    scrollTo(x, y);
  }

  // A browser keeps six connections to one server, so a page that nobody sees gives its own back.
  let events = null;
  function listen() {
    if (document.hidden || events) return;
    const source = events = new EventSource("/.registry/events");
    source.onmessage = (event) => { if (event.data !== version) reload(); };
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      events = null;
      setTimeout(listen, 2000);
    };
  }
  function stopListening() {
    if (events) events.close();
    events = null;
  }
  addEventListener("visibilitychange", () => (document.hidden ? stopListening() : listen()));
  addEventListener("pagehide", stopListening);
  addEventListener("pageshow", listen);

  // ---- the panel

  // The page of a record has the name of the record's file.
  function place(finding) {
    const text = `${finding.path}:${finding.line}:${finding.column}`;
    const record = /^(incidents|gates)\/([A-Za-z0-9-]+)\.(md|yaml)$/.exec(finding.path);
    const made = element(record && finding.path !== file ? "a" : "span", text, "place");
    if (made.localName === "a") made.href = `/${record[1]}/${record[2]}/`;
    return made;
  }

  function item(finding) {
    const made = element("li", "", finding.severity);
    const head = element("p", "", "what");
    head.append(element("span", `${finding.severity} ${finding.code}`, "code"), " ");
    head.append(prose("span", finding.message, "message"));
    made.append(head, place(finding));
    if (finding.help) {
      const help = element("p", "", "help");
      help.append(element("span", "Help: "), prose("span", finding.help));
      made.append(help);
    }
    return made;
  }

  function list(title, findings) {
    const made = element("section");
    const items = element("ol");
    items.append(...findings.slice(0, MOST).map(item));
    made.append(element("h2", title), items);
    const more = findings.length - MOST;
    if (more > 0) made.append(prose("p", `and ${more} more; \`registry lint\` shows them`, "more"));
    return made;
  }

  function summary() {
    const made = element("summary");
    if (+errors) made.append(element("span", plural(+errors, "error"), "count error"));
    if (+warnings) made.append(element("span", plural(+warnings, "warning"), "count warning"));
    if (draft !== undefined) made.append(element("span", "draft", "count draft"));
    return made;
  }

  function content(findings) {
    const made = element("div", "", "findings");
    made.tabIndex = 0;
    made.setAttribute("role", "region");
    made.setAttribute("aria-label", "Findings");
    if (draft !== undefined) {
      made.append(prose("p", "This record is a draft: `registry build` leaves its page out until it says `status: published`.", "note"));
    }
    const own = findings.filter((finding) => file && finding.path === file);
    const others = findings.filter((finding) => !file || finding.path !== file);
    if (own.length) made.append(list("On this page", own));
    if (others.length) made.append(list(own.length || file ? "Elsewhere in the registry" : "In the registry", others));
    return [made, own.length > 0];
  }

  function panel(findings) {
    const details = element("details");
    const [body, concernsPage] = content(findings);
    details.append(summary(), body);
    const chosen = recall(OPEN);
    details.open = chosen ? chosen === "yes" : concernsPage && innerWidth >= 640;
    let shown = details.open;
    // Opening by itself is no choice of the reader's, and fires the same event.
    details.addEventListener("toggle", () => {
      if (details.open === shown) return;
      shown = details.open;
      keep(OPEN, shown ? "yes" : "no");
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
    return details;
  }

  // In a tree of its own, so that neither the site's style nor ours reaches the other.
  function show(findings) {
    const host = element("aside");
    host.id = "registry-findings";
    host.setAttribute("aria-label", "Findings of registry lint");
    const tree = host.attachShadow({ mode: "open" });
    const style = element("link");
    style.rel = "stylesheet";
    style.href = "/.registry/live.css";
    host.hidden = true;
    style.onload = () => { host.hidden = false; };
    tree.append(style, panel(findings));
    document.body.append(host);
    // The end of the page can be scrolled clear of the panel's bar.
    document.body.style.paddingBottom = "4rem";
  }

  async function report() {
    if (!+errors && !+warnings && draft === undefined) return;
    const answer = await fetch("/.registry/findings.json");
    show((await answer.json()).diagnostics);
  }

  returnToPlace();
  listen();
  // A server that has just stopped gives no findings; the page stays as it is.
  report().catch(() => {});
})();
