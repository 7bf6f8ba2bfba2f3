// Lets a reader settle an open condition of a gate's card, and shows the verdict that would follow. It runs the decision
// table of the program, which the site ships as data, on the record's own derivation. Without JavaScript the card says
// in words what would change it.
"use strict";
const WhatIf = {
  // Whether a test of the table fits the conditions of a step.
  fits(test, step, fails, strengths) {
    const truth = (id) => step.find((it) => it.condition === id)?.truth;
    switch (test.test) {
      case "any": return test.of.some((id) => truth(id) === test.truth);
      case "not-true": return truth(test.of) !== "true";
      case "strength": return WhatIf.strength(step, strengths) <= test.at_most;
      case "gate": return fails === test.fails;
      case "harm": return step.some((it) => it.extent === test.extent);
      case "one-of": return test.tests.some((it) => WhatIf.fits(it, step, fails, strengths));
      case "always": return true;
      default: throw new Error(`this table has a test of a newer kind: ${test.test}`);
    }
  },

  // The strength of the weakest condition that is known.
  strength(step, strengths) {
    const known = step.map((it) => strengths.get(it.status)).filter((it) => it !== undefined);
    return known.length ? Math.min(...known) : 0;
  },

  // The row of the table that decides a step.
  row(table, step, fails) {
    const strengths = new Map(table.statuses.filter((it) => it.strength !== null).map((it) => [it.id, it.strength]));
    return table.rows.find((row) => WhatIf.fits(row.when, step, fails, strengths));
  },

  join: (words) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`,

  // Why the row decided, in the words of the program.
  because(table, row, step, fails) {
    const say = table.phrases;
    const list = (truth, words) =>
      WhatIf.join(step.filter((it) => it.truth === truth && it.condition !== "only-route").map((it) => words[it.condition]));
    switch (row.verdict) {
      case "would-not-block": {
        const text = list("false", say.denied);
        return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
      }
      case "unknown": return say.not_known.replace("{}", list("unknown", say.missing));
      case "only-if-routed": return WhatIf.routed(say, step, fails);
      case "partly": return say.in_part;
      default: return say.all_hold;
    }
  },

  routed(say, step, fails) {
    const route = step.find((it) => it.condition === "only-route")?.truth;
    const reasons = [];
    if (route !== "true") reasons.push(route === "false" ? say.other_route : say.open_route);
    if (step.some((it) => it.status === "reported")) reasons.push(say.weak);
    if (fails === "open") reasons.push(say.fails_open);
    const part = step.some((it) => it.extent === "some") ? say.part : "";
    return say.routed.replace("{part}", part).replace("{reasons}", WhatIf.join(reasons));
  },

  // A condition as a reader settles it.
  settle(table, condition, value) {
    const harm = condition.condition === "harm-depends";
    const extent = harm ? { holds: "all", "in-part": "some", fails: "none" }[value] : null;
    return { ...condition, truth: value === "fails" ? "false" : "true", status: table.settled_as, extent };
  },

  // The judgement with some conditions of its deciding step settled: the verdict, and why.
  judge(table, judgement, settled) {
    const order = table.verdicts.map((it) => it.id);
    const steps = judgement.steps.map((it) => {
      const own = it.step === judgement.decided_by;
      const step = it.conditions.map((at) => own && settled[at.condition] ? WhatIf.settle(table, at, settled[at.condition]) : at);
      return { step, row: WhatIf.row(table, step, judgement.fails) };
    });
    const best = steps.reduce((a, b) => order.indexOf(b.row.verdict) < order.indexOf(a.row.verdict) ? b : a);
    return { verdict: best.row.verdict, because: WhatIf.because(table, best.row, best.step, judgement.fails) };
  },
};
{
  const section = document.querySelector("[data-what-if]");
  const cards = section ? [...section.querySelectorAll(".card")] : [];
  const NAMES = { holds: "yes", fails: "no" };
  const HARM = { holds: "all", "in-part": "some", fails: "none" };
  const VALUES = (id) => id === "harm-depends" ? HARM : id === "happened" ? { holds: "yes" } : NAMES;
  let loading;

  const json = (address) => fetch(address)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)));
  // Loaded when a reader first settles something, once.
  const load = () => loading ??= Promise.all([json(section.dataset.whatIf), json(section.dataset.table)]);

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const offer = (card) => {
    const gate = card.dataset.gate;
    const badge = card.querySelector("h3 .verdict");
    const because = card.querySelector(".because");
    const recorded = { id: badge.dataset.verdict, words: badge.textContent, because: because.textContent, href: badge.getAttribute("href") };
    const note = element("p", { class: "supposed", role: "status" });
    const fields = [];

    const show = (verdict, words, text) => {
      badge.className = `verdict ${verdict}`;
      badge.textContent = words;
      badge.setAttribute("href", recorded.href.replace(/#.*$/, `#verdict-${verdict}`));
      because.textContent = text;
    };

    const restore = () => {
      for (const field of fields) field.value = "";
      show(recorded.id, recorded.words, recorded.because);
      card.classList.remove("changed");
      note.replaceChildren();
      fields[0].focus();
    };

    const update = () => {
      const settled = Object.fromEntries(fields.filter((it) => it.value).map((it) => [it.name, it.value]));
      const count = Object.keys(settled).length;
      if (!count) return restore();
      return load().then(([record, table]) => {
        const judgement = record.derivation.judgements.find((it) => it.gate === gate);
        const { verdict, because: text } = WhatIf.judge(table, judgement, settled);
        show(verdict, table.verdicts.find((it) => it.id === verdict).words, text);
        card.classList.add("changed");
        const undo = element("button", { type: "button" }, "Back to the record");
        undo.addEventListener("click", restore);
        const what = count === 1 ? "one condition" : `${count} conditions`;
        note.replaceChildren(`What if: with ${what} settled by you. The record says ${recorded.words}. `, undo);
      }).catch(() => note.replaceChildren("The data of this case could not be loaded; the card shows the record."));
    };

    for (const row of card.querySelectorAll(".why tr[data-condition]")) {
      const cell = row.querySelector("td.unknown");
      if (!cell) continue;
      const id = row.dataset.condition;
      const options = Object.entries(VALUES(id)).map(([value, name]) => element("option", { value }, name));
      const label = `What if it were settled: ${row.querySelector("th").textContent}`;
      const field = element("select", { name: id, "aria-label": label, autocomplete: "off" }, element("option", { value: "" }, "unknown"), ...options);
      field.addEventListener("change", update);
      cell.replaceChildren(field);
      fields.push(field);
    }
    if (fields.length) card.querySelector(".why").after(note);
  };

  cards.forEach(offer);
}
