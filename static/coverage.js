// Ticks the gates that a reader has. The set stands in the address, so that it can be shared and Back works. Without
// JavaScript every gate stays ticked and the page is that of all of them.
"use strict";
{
  const form = document.getElementById("gates");
  const told = document.getElementById("told");
  const bests = document.getElementById("bests");
  const boxes = [...form.querySelectorAll("input")];
  const root = form.dataset.root;
  const SHOWN = Number(form.dataset.shown);
  // The page as it came: all gates, worked out when the site was built.
  const whole = [...bests.rows].map((row) => {
    const section = document.getElementById(row.dataset.best);
    return { row, section, cells: [...row.cells].slice(1).map((it) => [...it.childNodes]), inside: [...section.childNodes], hidden: section.hidden };
  });
  const shown = new Map();
  let loading;

  // The data are loaded when a set is first chosen, once.
  const load = () => loading ??= fetch(form.dataset.cases)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)));

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // Nothing in the address means every gate; an empty list, none. A gate that is not there, from an old link say, is
  // as if it had not been named.
  const chosen = () => {
    const asked = new URLSearchParams(location.search).get("gates");
    const ids = asked?.split(",");
    return boxes.map((box) => !ids || ids.includes(box.value));
  };

  const address = () => {
    const ids = boxes.filter((box) => box.checked).map((box) => box.value);
    return location.pathname + (ids.length === boxes.length ? "" : `?gates=${ids.join(",")}`);
  };

  // The cases by the best verdict of the set. A mark is the place of a verdict, the best one 0, or a dot.
  const grouped = (data, gates) => {
    const groups = Object.fromEntries([...data.verdicts, "none"].map((id) => [id, []]));
    for (const [id, title, kind, marks] of data.cases) {
      let best = ".";
      for (const gate of gates) if (marks[gate] !== "." && (best === "." || marks[gate] < best)) best = marks[gate];
      const by = best === "." ? [] : gates.filter((gate) => marks[gate] === best).map((gate) => data.gates[gate]);
      groups[best === "." ? "none" : data.verdicts[Number(best)]].push({ id, title, kind, by });
    }
    return groups;
  };

  const figure = (count, id) => count
    ? element("a", { href: `#${id}` }, String(count))
    : element("span", { class: "zero" }, "0");

  // One case, as the page itself shows it.
  const line = (data, entry) => {
    const what = element("span", { class: "what" }, element("a", { href: `${root}incidents/${entry.id}/` }, entry.title));
    if (entry.kind) what.append(" ", element("span", { class: "flag" }, data.kinds[entry.kind]));
    return element("li", {}, element("span", { class: "number" }, entry.id), " ", what, " ",
      element("span", { class: "quiet" }, entry.by.join(", ")));
  };

  const fill = (data, { row, section }, entries) => {
    const id = row.dataset.best;
    const apart = entries.filter((entry) => entry.kind).length;
    const count = entries.length - apart;
    row.cells[1].replaceChildren(figure(count, id));
    row.cells[2].replaceChildren(figure(apart, id));
    const heading = section.querySelector("h3").cloneNode(true);
    heading.querySelector(".count").textContent = `${count} ${count === 1 ? "incident" : "incidents"}${apart ? `, ${apart} not realised` : ""}`;
    const most = shown.get(id) ?? SHOWN;
    const list = element("ol", { class: "lines" }, ...entries.slice(0, most).map((entry) => line(data, entry)));
    section.replaceChildren(heading, "\n", list);
    section.hidden = !entries.length;
    if (entries.length <= most) return;
    const more = element("button", { type: "button" }, "Show more");
    more.addEventListener("click", () => {
      shown.set(id, most + 50);
      fill(data, { row, section }, entries);
      section.querySelectorAll(".lines a")[most].focus();
    });
    section.append(element("p", { class: "onward" }, more));
  };

  // Even of all gates, of which the page itself shows the latest cases.
  const further = (id) => async () => {
    const data = await load().catch(() => { loading = undefined; });
    if (!data || chosen().includes(false)) return;
    shown.set(id, SHOWN + 50);
    const place = whole.find((it) => it.row.dataset.best === id);
    fill(data, place, grouped(data, [...boxes.keys()])[id]);
    place.section.querySelectorAll(".lines a")[SHOWN].focus();
  };
  for (const { row, section } of whole) {
    const button = section.querySelector(".rest button");
    button.hidden = false;
    button.addEventListener("click", further(row.dataset.best));
  }

  const restore = () => {
    for (const { row, section, cells, inside, hidden } of whole) {
      cells.forEach((nodes, at) => row.cells[at + 1].replaceChildren(...nodes));
      section.replaceChildren(...inside);
      section.hidden = hidden;
    }
  };

  const say = (count) => {
    const set = { 0: "With no gate", 1: "With 1 gate" }[count] ?? `With ${count} gates`;
    return count === boxes.length ? (count === 1 ? "With the one gate" : `With all ${count} gates`) : `${set} of ${boxes.length}`;
  };

  const show = async () => {
    const set = chosen();
    boxes.forEach((box, at) => { box.checked = set[at]; });
    const gates = [...boxes.keys()].filter((at) => set[at]);
    if (gates.length === boxes.length) {
      restore();
      told.textContent = say(gates.length);
      return;
    }
    let data;
    try {
      data = await load();
    } catch {
      loading = undefined;
      restore();
      told.textContent = "The cases could not be loaded. The figures below are those of all gates.";
      return;
    }
    // What was ticked meanwhile is shown by its own call.
    if (chosen().join() !== set.join()) return;
    const groups = grouped(data, gates);
    for (const place of whole) fill(data, place, groups[place.row.dataset.best]);
    told.textContent = say(gates.length);
  };

  // A choice adds to the history, so that Back undoes it.
  const change = () => {
    shown.clear();
    history.pushState(null, "", address());
    show();
  };
  const tick = (on) => () => {
    boxes.forEach((box) => { box.checked = on; });
    change();
  };
  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("every").addEventListener("click", tick(true));
  document.getElementById("no").addEventListener("click", tick(false));
  addEventListener("popstate", () => { shown.clear(); show(); });

  form.querySelector("fieldset").disabled = false;
  if (chosen().includes(false)) show();
}
