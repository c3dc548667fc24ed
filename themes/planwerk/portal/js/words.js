/* Words as they are compared: small, without accents, by their stems.
   No modules and no fetch: pages are opened from disk too, where neither works. */

(function () {
  "use strict";
  const WORD = /[0-9]+(?:[.,][0-9]+)+|[\p{L}\p{N}]+/gu; // findable.py has the same

  function folded(word) {
    if (/^[0-9]+[.,]/.test(word)) return word.replace(/[.,]/g, "");
    return word.toLowerCase().replace(/ß/g, "ss").normalize("NFKD").replace(/\p{M}/gu, "");
  }

  /* German, after CISTEM (Weissweiler and Fraser, 2017), without its cut of "ge": the first
     letters of a word lead to the file it stands in, so they must stay. */
  function german(word) {
    let w = word.replace(/sch/g, "$").replace(/ei/g, "%").replace(/ie/g, "&").replace(/(.)\1/g, "$1*");
    for (let before = ""; w.length > 3 && w !== before;) {
      before = w;
      if (w.length > 5) w = w.replace(/(e[mr]|nd)$/, "");
      if (w === before) w = w.replace(/t$/, "");
      if (w === before) w = w.replace(/[esn]$/, "");
    }
    return w.replace(/(.)\*/g, "$1$1").replace(/%/g, "ei").replace(/&/g, "ie").replace(/\$/g, "sch");
  }

  /* English endings: plurals, -ing, -ed, -ly, after the first steps of Porter (1980). */
  function english(word) {
    if (word.length < 4) return word;
    let w = word.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/([^su])s$/, "$1");
    const root = /^(.*[aeiouy].*?)(?:ed|ing)$/.exec(w);
    if (root && root[1].length > 2) w = root[1].replace(/([^aeiouylsz])\1$/, "$1");
    return w.replace(/ly$/, "").replace(/y$/, "i").replace(/([^e])e$/, "$1");
  }

  const known = new Map();
  /* A word as written into what is compared: folded, and both stems; accounts of one portal
     are written in either language. */
  planwerk.word = function (written) {
    let found = known.get(written);
    if (!found) {
      const plain = folded(written);
      const stem = /[0-9]/.test(plain);
      found = { plain: plain, german: stem ? plain : german(plain), english: stem ? plain : english(plain) };
      known.set(written, found);
    }
    return found;
  };

  /* The words of a text, with where they stand in it. */
  planwerk.wordsOf = function (text) {
    return Array.from(text.matchAll(WORD), (m) => ({ at: m.index, end: m.index + m[0].length, word: planwerk.word(m[0]) }));
  };

  /* How well a word answers to what was typed: 4 the same, 3 the same stem, 1 to 2 it begins so. */
  planwerk.fits = function (typed, word) {
    if (typed.plain === word.plain) return 4;
    if (typed.plain.length < 2) return 0;
    if (typed.plain.length > 2 && (typed.german === word.german || typed.english === word.english)) return 3;
    return word.plain.startsWith(typed.plain) ? 1 + typed.plain.length / word.plain.length : 0;
  };

  /* Everything folded, for those who look for a part of a name. */
  planwerk.plainly = (text) => text.toLowerCase().replace(/ß/g, "ss").normalize("NFKD").replace(/\p{M}/gu, "");
})();
