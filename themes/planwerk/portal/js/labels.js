/* The reader's words: a word with a count has a form for one and a form for many. */
(function () {
  "use strict";
  planwerk.say = function (key, count) {
    const said = planwerk.labels[count === 1 && planwerk.labels[key + "_one"] ? key + "_one" : key] || key;
    return count === undefined ? said : said.replace("{count}", count.toLocaleString(document.documentElement.lang));
  };
})();
