/* Tables that can be sorted and filtered: those with `data-tools`. Without this script they are
   plain tables. What is chosen stands in the address, so that a link can be shared:
   #table=accounts&q=nord&Branche=Logistik&sort=Umsatz&down=1 */
(function () {
  "use strict";
  const ENOUGH = 12; // rows from which on there is a filter
  const FIRST = 12; // rows that a phone shows at once
  const KINDS = 40; // so many different values can still be chosen from a list
  const say = planwerk.say, element = planwerk.element;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const narrow = window.matchMedia("(max-width: 44.98em)");
  const tables = [];

  /* What a cell says, without the muted line below it. */
  function words(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".note, .chip i, svg, .pw-sort").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /* What a cell is sorted by: a number, a text, or null for what is not known. */
  function value(cell) {
    if (!cell) return null;
    if ("v" in cell.dataset) return cell.dataset.v === "" ? null : Number(cell.dataset.v);
    const said = words(cell);
    return said === "" || said === "·" ? null : said;
  }

  function compared(a, b, down) {
    if (a === null || b === null) return (a === null) - (b === null); // unknown stays last
    const found = typeof a === "number" && typeof b === "number" ? a - b : order.compare(a, b);
    return down ? -found : found;
  }

  function made(table) {
    const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    const rows = Array.from(body.rows).map((row) => ({ row, said: planwerk.plainly(row.textContent.replace(/\s+/g, " ")) }));
    const totals = table.tFoot ? Array.from(table.tFoot.rows) : [];
    const titles = heads.map(words);
    const state = { q: "", chosen: new Map(), sort: -1, down: false, all: false };
    const region = table.parentElement;
    const status = element("p", { role: "status", class: "pw-shown" });
    const more = element("button", { type: "button", class: "pw-more" });
    const bar = element("div", { class: "pw-tools", role: "group", "aria-label": say("table_tools") + ": " + region.getAttribute("aria-label") });
    const field = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const choices = new Map();
    const reset = element("button", { type: "button", hidden: true }, say("table_reset"));

    function filtered() {
      const parts = planwerk.plainly(state.q).split(/\s+/).filter(Boolean);
      return rows.filter(({ row, said }) => parts.every((part) => said.includes(part))
        && Array.from(state.chosen).every(([column, wanted]) => words(row.cells[column]) === wanted));
    }

    function shown() {
      const found = filtered(), kept = new Set(found.map(({ row }) => row));
      rows.forEach(({ row }) => { row.hidden = !kept.has(row); });
      const folded = narrow.matches && !state.all && found.length > FIRST + 5;
      let seen = 0;
      for (const row of body.rows) row.classList.toggle("pw-later", folded && kept.has(row) && ++seen > FIRST);
      more.hidden = !folded;
      more.textContent = say("table_all_rows", found.length);
      const active = state.q.trim() !== "" || state.chosen.size > 0;
      table.classList.toggle("pw-filtered", active);
      reset.hidden = !active && state.sort < 0;
      const told = say("table_rows_of", rows.length).replace("{shown}", found.length.toLocaleString(document.documentElement.lang));
      const by = [state.q.trim() && "„" + state.q.trim() + "“", ...Array.from(state.chosen, ([column, wanted]) => titles[column] + ": " + wanted)].filter(Boolean);
      const sorted = state.sort < 0 ? "" : "; " + say("table_sorted") + ": " + titles[state.sort] + (state.down ? " ↓" : " ↑");
      status.textContent = (active ? told + " (" + by.join(", ") + ")" : say("table_rows", rows.length)) + sorted;
    }

    function sorted() {
      heads.forEach((head, column) => {
        if (column !== state.sort) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      });
      const given = rows.map((one, place) => [one.row, state.sort < 0 ? place : value(one.row.cells[state.sort]), place]);
      given.sort((a, b) => compared(a[1], b[1], state.down && state.sort >= 0) || a[2] - b[2]);
      body.append(...given.map(([row]) => row));
    }

    function sort(column) {
      const first = heads[column].classList.contains("r"); // of numbers the greatest comes first
      if (state.sort !== column) { state.sort = column; state.down = first; }
      else if (state.down === first) state.down = !first;
      else { state.sort = -1; state.down = false; } // the third time: the order of the page
      sorted();
      changed();
    }

    function changed() { shown(); remember(); }

    heads.forEach(function (head, column) {
      if ("still" in head.dataset || !titles[column]) return;
      const button = element("button", { type: "button", class: "pw-sort", title: say("table_sort") });
      if (head.querySelector("a")) button.setAttribute("aria-label", say("table_sort") + ": " + titles[column]);
      else button.append(...head.childNodes);
      button.append(element("span", { "aria-hidden": "true" }));
      head.append(button);
      head.addEventListener("click", (event) => { if (!event.target.closest("a")) sort(column); });
    });

    function choice(head, column) {
      const counts = new Map();
      rows.forEach(({ row }) => { const said = words(row.cells[column]); if (said) counts.set(said, (counts.get(said) || 0) + 1); });
      if (counts.size < 2 || counts.size > KINDS) return;
      const select = element("select", {}, element("option", { value: "" }, say("table_every")));
      for (const said of Array.from(counts.keys()).sort(order.compare)) select.append(element("option", { value: said }, said + " (" + counts.get(said) + ")"));
      select.addEventListener("change", function () {
        if (select.value) state.chosen.set(column, select.value); else state.chosen.delete(column);
        changed();
      });
      choices.set(column, select);
      bar.append(element("label", {}, titles[column] + " ", select));
    }

    function show() {
      field.value = state.q;
      choices.forEach((select, column) => { select.value = state.chosen.get(column) || ""; });
      sorted();
      shown();
    }

    if (rows.length > ENOUGH) {
      bar.append(element("label", {}, say("table_filter") + " ", field));
      heads.forEach((head, column) => { if ("choose" in head.dataset) choice(head, column); });
      bar.append(reset, status);
      region.before(bar);
    }
    if (rows.length > FIRST) region.after(more);
    let timer = 0;
    field.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { state.q = field.value; changed(); }, 120); });
    reset.addEventListener("click", function () { Object.assign(state, { q: "", sort: -1, down: false }); state.chosen.clear(); show(); remember(); field.focus(); });
    more.addEventListener("click", function () { state.all = true; shown(); region.focus(); });
    narrow.addEventListener("change", shown);
    totals.forEach((row) => { row.cells[0].append(element("small", { class: "note pw-of-all" }, say("table_of_all"))); });
    shown();
    return {
      name: table.dataset.tools,
      bar,
      region,
      said() {
        const told = [];
        if (state.q.trim()) told.push(["q", state.q.trim()]);
        state.chosen.forEach((wanted, column) => told.push([titles[column], wanted]));
        if (state.sort >= 0) told.push(["sort", titles[state.sort]]);
        if (state.sort >= 0 && state.down) told.push(["down", "1"]);
        return told;
      },
      take(told) {
        for (const [key, said] of told) {
          const column = titles.indexOf(key === "sort" ? said : key);
          if (key === "q") state.q = said;
          else if (key === "down") state.down = true;
          else if (key === "sort" && column >= 0 && !("still" in heads[column].dataset)) state.sort = column;
          else if (choices.has(column) && choices.get(column).querySelector('option[value="' + CSS.escape(said) + '"]')) state.chosen.set(column, said);
        }
        show();
      },
    };
  }

  /* The address says what is chosen in all tables of the page. */
  function remember() {
    const told = new URLSearchParams();
    for (const table of tables) {
      const said = table.said();
      if (said.length) [["table", table.name], ...said].forEach(([key, words]) => told.append(key, words));
    }
    history.replaceState(null, "", told.size ? "#" + told : location.pathname + location.search);
  }

  function recall() {
    if (!location.hash.startsWith("#table=")) return;
    const told = new Map();
    let name = "";
    for (const [key, words] of new URLSearchParams(location.hash.slice(1))) {
      if (key === "table") { name = words; told.set(name, []); } else if (told.has(name)) told.get(name).push([key, words]);
    }
    const meant = tables.filter((table) => told.has(table.name));
    for (const table of meant) {
      table.take(told.get(table.name));
      for (let at = table.region; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    }
    if (meant.length && meant[0] !== tables[0]) meant[0].bar.scrollIntoView();
  }

  document.querySelectorAll("table[data-tools]").forEach((table) => tables.push(made(table)));
  recall();
  window.addEventListener("hashchange", recall);
})();
