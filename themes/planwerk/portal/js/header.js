/* What stands in the header of our portal: another account, and the search over all. */
(function () {
  "use strict";
  const SHOWN = 30, ACCOUNTS = 50;
  const bar = document.querySelector(".md-header__inner");
  if (!bar || !planwerk.labels) return;
  const say = planwerk.say;
  const here = planwerk.here;

  /* --- another account ------------------------------------------------------------------ */

  /* The same page of another account where it has that, else its first one. */
  const sameKind = (site) => planwerk.address(site, here.page !== "index" && site.pages.includes(here.page) ? here.page : "index");

  let folded = null;
  function named(site) {
    const parts = [site.name, ...site.aliases, site.id, site.industry];
    return { site, said: planwerk.plainly(parts.join(" | ")), start: planwerk.plainly(site.name) };
  }

  /* Names that begin with what was typed, then those with a word that does, then any part. */
  function rank(one, parts) {
    if (!parts.every((part) => one.said.includes(part))) return 9;
    if (!parts.length || one.start.startsWith(parts[0])) return 0;
    return parts.every((part) => (" " + one.said).includes(" " + part)) ? 1 : 2;
  }

  async function accounts(text) {
    const list = await planwerk.allAccounts();
    const order = new Intl.Collator(document.documentElement.lang);
    folded = folded || list.sites.filter((site) => site.id).map(named).sort((a, b) => order.compare(a.site.name, b.site.name));
    const parts = planwerk.plainly(text).split(/\s+/).filter(Boolean);
    const found = folded.map((one) => [rank(one, parts), one.site]).filter(([value]) => value < 9).sort((a, b) => a[0] - b[0]);
    const shown = found.slice(0, ACCOUNTS).map(([, site]) => ({
      href: sameKind(site),
      title: site.name + (site.id === here.account ? " (" + say("find_this") + ")" : ""),
      below: [site.industry, ...site.aliases].filter(Boolean).join(" · "),
    }));
    const cut = found.length > ACCOUNTS ? " " + say("find_first", ACCOUNTS) : "";
    return { options: shown, status: say("find_accounts_found", found.length) + cut, first: parts.length > 0 };
  }

  /* --- the search ------------------------------------------------------------------------- */

  let last = "", looked = 0, shown = SHOWN;
  async function hits(text, again) {
    if (text !== last) { looked = 0; shown = SHOWN; }
    const keep = text === last;
    last = text;
    const found = await planwerk.search(text, looked);
    const options = found.hits.slice(0, shown).map((hit) => ({
      href: planwerk.address(hit.site, hit.name, hit.anchor),
      above: hit.site.name + " · " + hit.tab,
      title: hit.heading || hit.tab,
      below: hit.excerpt,
    }));
    if (found.hits.length > shown || found.rest) {
      options.push({ title: say("find_more"), act: function () { shown += SHOWN; looked = found.looked + 12; again(); } });
    }
    const count = say(found.rest ? "find_first_hits" : "find_hits", found.hits.length);
    const where = found.accounts ? ", " + say("find_in_accounts", found.accounts) : "";
    return { options, keep, status: found.hits.length ? count + where : say("find_nothing") };
  }

  const close = say("find_close");
  // left of the button for dark and light, which then stays where it was
  const boxes = [
    planwerk.combobox({ name: "accounts", keys: "Control+K", shown: say("find_control") + " K", label: say("find_switch"), hint: say("find_switch_hint"), close, ask: accounts, eager: true }),
    planwerk.combobox({ name: "search", keys: "/", shown: "/", label: say("find_search"), hint: say("search"), close, ask: hits }),
  ];
  bar.querySelector(".md-header__option")?.before(...boxes);
})();
