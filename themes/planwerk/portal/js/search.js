/* The search over all accounts: words lead to pieces, pieces hold the texts.
   What is needed is loaded as scripts when it is needed, from beside the page. */
(function () {
  "use strict";
  const FIRST = 6; // pieces that are looked into at once; the rest on demand
  const page = document.querySelector(".pw");
  const root = (page && page.dataset.root) || "";
  const here = (page && page.dataset.account) || "";
  const loading = {}, arrived = {}, words = {}, pieces = {};
  let list = null;

  planwerk.here = { root: root, account: here, page: (page && page.dataset.page) || "index" };

  /* A file beside us, once. */
  function load(name) {
    loading[name] = loading[name] || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = root + name;
      script.onload = () => resolve();
      script.onerror = () => { delete loading[name]; reject(new Error(name)); };
      document.head.append(script);
    });
    return loading[name];
  }

  /* What the files call when they have arrived. */
  planwerk.accounts = function (said) {
    list = { kinds: said.kinds, starts: new Set(said.starts), sites: [], pieces: [] };
    for (const [id, name, aliases, industry, pages, count] of said.sites) {
      const site = { id, name, aliases, industry, pages: pages.split(" ").map((n) => said.kinds[n]) };
      list.sites.push(site);
      for (let n = 0; n < count; n++) list.pieces.push({ site, file: folder(id) + "find/" + n + ".js", key: id + "/" + n });
    }
  };
  planwerk.words = ([start, said]) => { words[start] = said; };
  planwerk.piece = ([id, number, pages]) => { pieces[id + "/" + number] = pages; };

  const folder = (id) => (id ? "accounts/" + id + "/" : "");
  planwerk.address = (site, name, anchor) => root + folder(site.id) + name + ".html" + (anchor ? "#" + anchor : "");

  planwerk.allAccounts = () => load("directory/accounts.js").then(() => list);

  function startFile(start) {
    const safe = /^[a-z0-9]+$/.test(start);
    return "directory/words-" + (safe ? start : Array.from(start, (c) => c.codePointAt(0).toString(16)).join("-")) + ".js";
  }

  /* A word, and how it is written by who has no umlauts. */
  function spellings(word) {
    const other = word.plain.replace(/([aou])e/g, "$1");
    return other === word.plain ? [word] : [word, planwerk.word(other)];
  }

  const startOf = (word) => Array.from(word.plain).slice(0, 2).join("");

  /* How well each piece answers to a word: headings and names count three times. */
  async function holding(typed) {
    const best = new Map();
    for (const word of spellings(typed)) {
      const start = startOf(word);
      if (!list.starts.has(start)) continue;
      await load(startFile(start));
      for (const [said, [texts, heads]] of Object.entries(words[start])) {
        const fit = planwerk.fits(word, planwerk.word(said));
        if (!fit) continue;
        for (const [runs, weight] of [[texts, 1], [heads || [], 3]]) {
          for (let i = 0, at = 0; i < runs.length; i += 2) {
            at += runs[i];
            for (const end = at + runs[i + 1]; at < end; at++) best.set(at, Math.max(best.get(at) || 0, fit * weight));
          }
        }
      }
    }
    return best;
  }

  /* The pieces in the order in which they are looked into: those with all words, the account at
     hand before others. */
  function ranked(found) {
    const sums = new Map();
    for (const best of found) {
      for (const [number, value] of best) {
        const sum = sums.get(number) || { number, value: 0, words: 0 };
        sum.value += value;
        sum.words += 1;
        sums.set(number, sum);
      }
    }
    const all = Array.from(sums.values());
    const most = Math.max(0, ...all.map((sum) => sum.words));
    const of = (sum) => list.pieces[sum.number].site.id;
    const order = all.filter((sum) => sum.words === most)
      .sort((a, b) => near(of(b)) - near(of(a)) || b.value - a.value || a.number - b.number);
    const counts = new Map(), first = [], later = [];
    for (const sum of order) { // one site of many pieces leaves room for others
      const count = (counts.get(of(sum)) || 0) + 1;
      counts.set(of(sum), count);
      (count > 2 ? later : first).push(list.pieces[sum.number]);
    }
    return first.concat(later);
  }

  /* The account at hand stands before others; the pages over all accounts before none. */
  const near = (id) => (here && id === here ? 1 : 0);

  /* The best fit of what was typed in some words, and where it is. */
  function fitting(spelled, words) {
    let best = 0, at = -1, count = 0;
    for (let i = 0; i < words.length; i++) {
      for (const typed of spelled) {
        const fit = planwerk.fits(typed, words[i].word);
        if (fit) count += 1;
        if (fit > best) { best = fit; at = i; }
      }
    }
    return { best, at, count };
  }

  /* The parts of a piece that answer. */
  function answers(piece, typed, phrase) {
    const site = piece.site;
    const names = planwerk.wordsOf([site.id, site.name, ...site.aliases, site.industry].join(" "));
    const found = [];
    for (const [name, tab, parts] of pieces[piece.key]) {
      const tabs = planwerk.wordsOf(tab);
      parts.forEach(function (part, number) {
        part.read = part.read || { heading: planwerk.wordsOf(part[1]), text: planwerk.wordsOf(part[2]) };
        let score = 0, words = 0, own = false, first = -1;
        for (const spelled of typed) {
          const heading = fitting(spelled, part.read.heading), text = fitting(spelled, part.read.text);
          const inTab = fitting(spelled, tabs).best, inName = fitting(spelled, names).best;
          const value = Math.max(heading.best * 6, inTab * 3, inName * 2, text.best * (1 + Math.log1p(text.count) / 4));
          if (!value) continue;
          score += value;
          words += 1;
          own = own || heading.best > 0 || text.best > 0 || (number === 0 && (inTab > 0 || (inName > 0 && name === "index")));
          if (first < 0 && text.at >= 0) first = text.at;
        }
        if (!own) return;
        if (phrase.includes(" ") || /[.,]/.test(phrase)) score += (part[1] + " " + part[2]).toLowerCase().includes(phrase) ? 12 : 0;
        if (name === "index") score += 0.5;
        found.push({ site, name, tab, anchor: part[0], heading: part[1], score, words, excerpt: excerpt(part, typed, first) });
      });
    }
    return found;
  }

  /* About 160 letters around the first hit, in stretches: [text, whether it is a hit]. */
  function excerpt(part, typed, first) {
    const text = part[2], read = part.read.text;
    if (!text) return [];
    let from = 0;
    if (first > 0) {
      const start = read[first].at - 60;
      const word = read.find((w) => w.at >= start);
      from = start > 0 && word ? word.at : 0;
    }
    const cut = read.filter((w) => w.at >= from && w.end <= from + 170);
    const until = cut.length ? Math.max(cut[cut.length - 1].end, from) : from;
    const out = [[from > 0 ? "… " : "", false]];
    let at = from;
    for (const w of cut) {
      if (!typed.some((spelled) => spelled.some((one) => planwerk.fits(one, w.word)))) continue;
      out.push([text.slice(at, w.at), false], [text.slice(w.at, w.end), true]);
      at = w.end;
    }
    out.push([text.slice(at, until) + (until < text.length ? " …" : ""), false]);
    return out.filter(([said]) => said);
  }

  /* What answers to a text: hits, best first; how many pieces may hold more; how many accounts
     have all of the words. `looked` pieces are looked into at most. */
  planwerk.search = async function (text, looked) {
    await planwerk.allAccounts();
    const typed = [], seen = new Set();
    for (const { word } of planwerk.wordsOf(text)) {
      if (!seen.has(word.plain)) typed.push(word);
      seen.add(word.plain);
    }
    const found = [];
    for (const word of typed.slice(0, 8)) found.push(await holding(word));
    const order = ranked(found), chosen = order.slice(0, looked || FIRST);
    await Promise.all(chosen.filter((piece) => !pieces[piece.key]).map((piece) => load(piece.file)));
    const spelled = typed.slice(0, 8).map(spellings), phrase = text.trim().toLowerCase();
    const hits = chosen.flatMap((piece) => answers(piece, spelled, phrase));
    const most = Math.max(0, ...hits.map((hit) => hit.words));
    return {
      hits: hits.filter((hit) => hit.words === most).sort((a, b) => near(b.site.id) - near(a.site.id) || b.score - a.score),
      looked: chosen.length,
      rest: order.length - chosen.length,
      accounts: new Set(order.map((piece) => piece.site.id).filter(Boolean)).size,
    };
  };
})();
