// Narrows the list of cases in the browser. What is typed and chosen stands in the address, so that a narrowed list
// can be shared and Back works. Without JavaScript the form stays hidden and the list is whole.
"use strict";
{
  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const pages = document.getElementById("pages");
  const found = document.getElementById("found");
  const clear = document.getElementById("clear");
  const onward = document.getElementById("onward");
  const box = document.getElementById("filter");
  const choices = form.querySelector(".choices");
  const root = form.dataset.root;
  const whole = [...list.children];
  const STEP = 50;
  const SORTS = [["", "Latest first"], ["earliest", "Earliest first"], ["severity", "Worst first"], ["number", "By number"]];
  let shown = STEP;
  let loading;

  // The index is loaded when it is first needed, once.
  const load = () => loading ??= fetch(form.dataset.index)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)))
    .then(prepare);

  const prepare = (index) => {
    for (const entry of index.cases) {
      const named = index.facets.flatMap((facet, at) => entry.of[at].map((it) => facet.values[it][1]));
      entry.text = [entry.id, entry.title, entry.summary, ...entry.words, ...named].join("\n").toLowerCase();
    }
    const fields = index.facets.map((facet) => select(facet.key, facet.title, [["", "Any"], ...facet.values]));
    choices.replaceChildren(...fields, select("sort", "Order", SORTS));
    return index;
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const select = (key, title, values) => {
    const options = values.map(([id, name]) => element("option", { value: id }, name));
    return element("label", {}, title, element("select", { name: key }, ...options));
  };

  const wanted = () => new URLSearchParams(location.search);
  const fields = () => [...choices.querySelectorAll("select")];

  // The address with what the form says; empty fields leave no trace in it.
  const address = () => {
    const said = new URLSearchParams();
    if (box.value.trim()) said.set("q", box.value.trim());
    for (const field of fields()) if (field.value) said.set(field.name, field.value);
    const query = said.toString();
    return location.pathname + (query ? `?${query}` : "");
  };

  const matches = (index, asked) => {
    const words = (asked.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const picked = index.facets.map((facet) => {
      // A value that no case has, from an old link say, is as if it were not there.
      const at = facet.values.findIndex((value) => value[0] === asked.get(facet.key));
      return at < 0 ? null : at;
    });
    const at = (key) => index.facets.findIndex((facet) => facet.key === key);
    const [gate, verdict] = [picked[at("gate")], picked[at("verdict")]];
    return index.cases.filter((entry) => {
      if (!words.every((word) => entry.text.includes(word))) return false;
      if (!picked.every((value, place) => value === null || entry.of[place].includes(value))) return false;
      // Gate and verdict belong together: this verdict of this gate.
      if (gate === null || verdict === null) return true;
      return entry.reads.some((read) => read[0] === gate && read[1] === verdict);
    });
  };

  const sorted = (entries, by) => {
    const orders = {
      earliest: () => entries.reverse(),
      severity: () => entries.sort((a, b) => b.severity - a.severity),
      number: () => entries.sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true })),
    };
    return orders[by] ? orders[by]() : entries;
  };

  // One case, as the list of the page itself shows it.
  const row = (index, entry) => {
    const place = (key) => index.facets.findIndex((facet) => facet.key === key);
    const value = (key) => index.facets[place(key)].values[entry.of[place(key)][0]];
    const link = `${root}incidents/${entry.id}/`;
    const stamp = element("p", { class: "stamp" },
      element("span", { class: "number" }, entry.id), " ",
      element("time", { datetime: entry.from }, entry.occurred));
    for (const [key, usual, look] of [["kind", "Incident", "flag"], ["status", "published", "flag loud"]]) {
      const id = value(key)[0];
      if (id !== usual) stamp.append(" ", element("span", { class: look }, id));
    }
    const told = element("div", {},
      element("h3", {}, element("a", { href: link }, entry.title)), "\n",
      element("p", {}, entry.summary));
    const severity = element("p", { class: `severity s${entry.severity}` },
      element("span", { class: "pips", "aria-hidden": "true" }), ` ${value("severity")[1]}`);
    const gates = index.facets[place("gate")].values;
    const verdicts = index.facets[place("verdict")].values;
    const reads = entry.reads.map(([gate, verdict]) => element("li", {}, `${gates[gate][1]} `,
      element("span", { class: `verdict ${verdicts[verdict][0]}` }, verdicts[verdict][1])));
    const last = reads.length
      ? element("ul", { class: "verdicts" }, ...reads)
      : element("p", { class: "quiet" }, "No gate counts");
    return element("li", { class: "case" }, stamp, told, element("div", { class: "reads" }, severity, last));
  };

  // How many cases each choice would leave, with everything else as it is.
  const counts = (index, asked) => {
    for (const field of fields()) {
      const place = index.facets.findIndex((facet) => facet.key === field.name);
      if (place < 0) continue;
      const others = new URLSearchParams(asked);
      others.delete(field.name);
      const tally = new Map();
      for (const entry of matches(index, others)) {
        for (const value of new Set(within(index, entry, others, field.name, place))) {
          tally.set(value, (tally.get(value) ?? 0) + 1);
        }
      }
      index.facets[place].values.forEach(([, name], value) => {
        const option = field.options[value + 1];
        option.textContent = `${name} (${tally.get(value) ?? 0})`;
        option.disabled = !tally.has(value) && !option.selected;
      });
    }
  };

  // The values a case would be counted under; of gates and verdicts only those that go together.
  const within = (index, entry, others, key, place) => {
    const partner = { gate: "verdict", verdict: "gate" }[key];
    const id = partner && others.get(partner);
    const values = index.facets.find((facet) => facet.key === partner)?.values ?? [];
    const other = values.findIndex((value) => value[0] === id);
    if (other < 0) return entry.of[place];
    const [mine, theirs] = key === "gate" ? [0, 1] : [1, 0];
    return entry.reads.filter((read) => read[theirs] === other).map((read) => read[mine]);
  };

  const show = async () => {
    const asked = wanted();
    const narrowed = [...asked.values()].some(Boolean);
    clear.hidden = !narrowed;
    if (!narrowed) {
      fields().forEach((field) => { field.value = ""; });
      list.replaceChildren(...whole);
      onward.hidden = true;
      found.textContent = "";
      if (pages) pages.hidden = false;
      if (loading) counts(await loading, asked);
      return;
    }
    let index;
    try {
      index = await load();
    } catch {
      loading = undefined;
      found.textContent = "The index of the cases could not be loaded. The list below is whole.";
      return;
    }
    // What was typed meanwhile is shown by its own call.
    if (wanted().toString() !== asked.toString()) return;
    fields().forEach((field) => { field.value = asked.get(field.name) ?? ""; });
    const entries = sorted(matches(index, asked), asked.get("sort"));
    list.replaceChildren(...entries.slice(0, shown).map((entry) => row(index, entry)));
    onward.hidden = entries.length <= shown;
    if (pages) pages.hidden = true;
    const count = entries.length === 1 ? "1 case" : `${entries.length} cases`;
    found.textContent = entries.length ? `${count} of ${index.cases.length}` : "No case matches; fewer words or choices may.";
    counts(index, asked);
  };

  // Typing replaces the address, a choice adds to the history, so that Back undoes one choice and not one letter.
  const change = (how) => {
    shown = STEP;
    history[how](null, "", address());
    show();
  };
  box.addEventListener("input", () => change("replaceState"));
  choices.addEventListener("change", () => change("pushState"));
  form.addEventListener("submit", (event) => event.preventDefault());
  const enter = () => {
    box.value = wanted().get("q") ?? "";
    shown = STEP;
    show();
  };
  addEventListener("popstate", enter);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.pushState(null, "", location.pathname);
    enter();
  });
  document.getElementById("further").addEventListener("click", () => { shown += STEP; show(); });
  form.querySelector("details").addEventListener("toggle", async () => counts(await load(), wanted()), { once: true });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });

  form.hidden = false;
  if (wanted().size) {
    const narrowing = [...wanted().keys()].some((key) => key !== "q");
    form.querySelector("details").open = narrowing;
    enter();
  }
}
