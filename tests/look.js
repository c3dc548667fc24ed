// What tests ask of a page in the browser, beside what axe-core asks.
window.look = (() => {
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}"> ${e.textContent.trim().slice(0, 40)}`;

  // Elements that stand out of the screen, but in regions that scroll and can be reached by keyboard.
  const regions = "[role=region][tabindex='0'], nav, fieldset";
  function wide() {
    const limit = document.documentElement.clientWidth + 1, found = [];
    if (document.documentElement.scrollWidth > limit) found.push(`the page: ${document.documentElement.scrollWidth} px`);
    for (const e of document.querySelectorAll("article *, .md-footer *, .md-header__inner > *")) {
      const box = e.getBoundingClientRect();
      if (box.right <= limit || !box.width || !shown(e)) continue;
      let held = false;
      for (let up = e; up && !held; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.clipPath !== "none" || (style.position === "absolute" && box.width <= 1)) held = true;
        if (/auto|scroll/.test(style.overflowX) && up.matches(regions)) held = true;
      }
      if (!held) found.push(`${name(e)} until ${Math.round(box.right)} px`);
    }
    return found.slice(0, 5);
  }

  // --- contrast of the text in pictures, which axe-core does not reckon -----------------------
  const parsed = (color) => {
    const found = color.match(/[\d.]+/g);
    return found && { rgb: found.slice(0, 3).map(Number), alpha: found.length > 3 ? Number(found[3]) : 1 };
  };
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  // The colour behind a picture: that of the next element around it that has one.
  function ground(e) {
    for (let up = e; up; up = up.parentElement) {
      const found = parsed(getComputedStyle(up).backgroundColor);
      if (found && found.alpha === 1) return found.rgb;
    }
    return [255, 255, 255];
  }
  // What is painted below a point of a text: the last shape before it that holds the point.
  function behind(text, shapes, x, y) {
    let found = null;
    for (const shape of shapes) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      const matrix = shape.getScreenCTM();
      if (!matrix) continue;
      const point = new DOMPoint(x, y).matrixTransform(matrix.inverse());
      if (shape.isPointInFill(point)) found = shape;
    }
    return found;
  }
  function contrast() {
    const wrong = []; let count = 0;
    for (const svg of document.querySelectorAll("article svg")) {
      if (!shown(svg)) continue;
      const shapes = [...svg.querySelectorAll("rect, path, circle, polygon, ellipse")].filter((e) => {
        const style = getComputedStyle(e);
        return style.fill !== "none" && !e.closest("defs, clipPath, marker, pattern");
      });
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect(), style = getComputedStyle(text);
        if (!box.width || !text.textContent.trim()) continue;
        count += 1;
        const ink = parsed(style.fill), own = style.paintOrder.startsWith("stroke") && parsed(style.stroke);
        for (const part of [0.1, 0.5, 0.9]) {
          const shape = behind(text, shapes, box.left + part * box.width, box.top + box.height / 2);
          const under = own || (shape ? parsed(getComputedStyle(shape).fill) : { rgb: ground(svg), alpha: 1 });
          const seen = under && under.alpha * (shape && !own ? getComputedStyle(shape).fillOpacity * getComputedStyle(shape).opacity : 1);
          const known = ink && under && ink.alpha * style.fillOpacity * style.opacity === 1 && seen === 1;
          const found = known ? ratio(ink.rgb, under.rgb) : 0;
          if (found < 4.5) {
            wrong.push(`${text.textContent.slice(0, 30)}: ${found.toFixed(2)} (${style.fill} on ${shape && !own ? getComputedStyle(shape).fill : "the ground"})`);
            break;
          }
        }
      }
    }
    return [count, wrong.slice(0, 5)];
  }
  return { wide, contrast };
})();
