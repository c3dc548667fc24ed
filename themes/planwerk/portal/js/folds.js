/* A link into what is folded away opens it. */
(function () {
  "use strict";
  function open() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (error) { return; }
    const place = name && document.getElementById(name);
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (place) place.scrollIntoView();
  }
  open();
  window.addEventListener("hashchange", open);
})();
