/* A field with a list below it, as the ARIA pattern "combobox with a listbox" asks: the focus
   stays in the field, arrows move through the list, Enter goes there, Escape closes. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const ICONS = {
    search: "M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16 6.5 6.5 0 0 1 3 9.5 6.5 6.5 0 0 1 9.5 3m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5 9.5 5",
    accounts: "M18 15h-2v2h2m0-6h-2v2h2m2 6h-8v-2h2v-2h-2v-2h2v-2h-2V9h8M10 7H8V5h2m0 6H8V9h2m0 6H8v-2h2m0 6H8v-2h2M6 7H4V5h2m0 6H4V9h2m0 6H4v-2h2m0 6H4v-2h2m6-10V3H2v18h20V7z",
  };

  planwerk.element = function (tag, given, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given || {})) if (value !== false) made.setAttribute(name, value === true ? "" : value);
    made.append(...inside.filter((part) => part !== null));
    return made;
  };
  const element = planwerk.element;

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /* `name` is that of its icon and words; `ask(text)` promises {options, status}; an option has
     `href` or `act`, and what is shown: `title`, `above`, `below` (text or stretches). */
  planwerk.combobox = function ({ name, keys, shown, label, hint, close, ask, eager }) {
    const id = "pw-" + name;
    const input = element("input", {
      id, type: "text", role: "combobox", "aria-label": label, placeholder: hint, "aria-expanded": "false", "aria-controls": id + "-list",
      "aria-autocomplete": "list", "aria-keyshortcuts": keys, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    });
    const list = element("div", { id: id + "-list", role: "listbox", "aria-label": label });
    const status = element("p", { role: "status", class: "pw-find__status" });
    const popup = element("div", { class: "pw-find__popup", hidden: true }, status, list);
    const opener = element("button", { type: "button", class: "pw-find__open md-header__button md-icon", "aria-label": label, "aria-expanded": "false", "aria-controls": id }, icon(name));
    const closer = element("button", { type: "button", class: "pw-find__close", "aria-label": close }, "×");
    const field = element("div", { class: "pw-find__field" }, icon(name), input, element("kbd", { "aria-hidden": "true" }, shown), closer, popup);
    const box = element("div", { class: "pw-find pw-find--" + name }, opener, field);
    let options = [], active = -1, asked = 0, timer = 0;

    function expand(open) {
      popup.hidden = !open;
      input.setAttribute("aria-expanded", String(open && options.length > 0));
      list.hidden = options.length === 0;
      if (!open) activate(-1);
    }

    function activate(number) {
      if (list.children[active]) list.children[active].removeAttribute("aria-selected");
      active = number;
      const chosen = list.children[active];
      if (!chosen) { input.removeAttribute("aria-activedescendant"); return; }
      chosen.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    const stretches = (said) => (typeof said === "string" ? [said] : said.map(([text, hit]) => (hit ? element("mark", {}, text) : text)));

    function shownAs(option, number) {
      const inside = [["above", option.above], ["title", option.title], ["below", option.below]]
        .filter(([, said]) => said && said.length)
        .map(([kind, said]) => element("span", { class: "pw-find__" + kind }, ...stretches(said)));
      // space between the lines: readers that speak say them in one go
      const words = inside.flatMap((part) => [part, " "]);
      const item = element(option.href ? "a" : "div", { id: id + "-" + number, role: "option", class: "pw-find__option", tabindex: "-1", href: option.href || false }, ...words);
      item.addEventListener("click", function (event) {
        if (option.act) { event.preventDefault(); option.act(); input.focus(); }
      });
      return item;
    }

    async function fill() {
      const number = ++asked, text = input.value;
      if (!text.trim() && !eager) { options = []; list.replaceChildren(); expand(false); return; }
      let found;
      try { found = await ask(text, fill); } catch (error) { found = { options: [], status: planwerk.labels.find_missing }; }
      if (number !== asked) return;
      const kept = found.keep ? active : -1;
      options = found.options;
      list.replaceChildren(...options.map(shownAs));
      status.textContent = found.status;
      active = -1;
      expand(document.activeElement === input || field.contains(document.activeElement));
      activate(found.first && options.length ? 0 : Math.min(kept, options.length - 1));
    }

    function leave() {
      asked += 1;
      expand(false);
      box.classList.remove("pw-find--open");
      opener.setAttribute("aria-expanded", "false");
    }

    function enter() {
      box.classList.add("pw-find--open");
      opener.setAttribute("aria-expanded", "true");
      input.focus();
      input.select();
      fill();
    }

    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(fill, 90); });
    input.addEventListener("focus", function () { if (popup.hidden) fill(); });
    input.addEventListener("keydown", function (event) {
      const last = options.length - 1;
      const moves = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last };
      if (event.key in moves && options.length) {
        event.preventDefault();
        if (popup.hidden) expand(true);
        activate(moves[event.key]);
      } else if (event.key === "Enter" && options.length && !popup.hidden) {
        event.preventDefault();
        list.children[Math.max(active, 0)].click();
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (popup.hidden) { input.value = ""; input.blur(); }
        leave();
      } else if (event.key === "Tab") {
        leave();
      }
      event.stopPropagation(); // Material listens to letters
    });
    opener.addEventListener("click", enter);
    closer.addEventListener("click", function () { input.value = ""; leave(); opener.focus(); });
    document.addEventListener("pointerdown", function (event) { if (!box.contains(event.target)) leave(); });
    document.addEventListener("keydown", function (event) {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      const wanted = keys.split("+"), letter = wanted[wanted.length - 1];
      const held = wanted.includes("Control") ? event.ctrlKey || event.metaKey : !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
      if (held && event.key.toLowerCase() === letter.toLowerCase()) { event.preventDefault(); enter(); }
    });
    return box;
  };
})();
