/* What `planwerk serve` adds to a page on its way: it reloads when the page changed, and shows
   above it what is wrong with the plans. It is in no file that a build writes. */
(() => {
  const me = document.currentScript;
  const events = new EventSource("/__planwerk__/events?part=" + encodeURIComponent(me.dataset.part));
  let host = null;

  events.onmessage = (message) => {
    const said = JSON.parse(message.data);
    if (String(said.number) !== me.dataset.number) {
      events.close();
      location.reload();
      return;
    }
    show(said.title, said.problems);
  };
  addEventListener("pagehide", () => events.close());

  function show(title, problems) {
    if (host) host.remove();
    host = null;
    if (!problems) return;
    host = document.createElement("div");
    host.id = "planwerk-problems";
    host.setAttribute("role", "alertdialog");
    host.setAttribute("aria-label", title);
    host.style.cssText = "position:fixed;inset:auto 1rem 1rem 1rem;z-index:9999;max-height:70vh;"
      + "overflow:auto;background:#1b1b1f;color:#f4f4f5;border:2px solid #ff8a80;border-radius:8px;"
      + "padding:1rem 1.2rem;font:14px/1.5 ui-monospace,monospace;box-shadow:0 8px 40px rgba(0,0,0,.5)";
    const head = document.createElement("strong");
    head.textContent = title;
    head.style.cssText = "display:block;font:600 15px/1.5 system-ui,sans-serif;margin-bottom:.4rem";
    const close = document.createElement("button");
    close.textContent = "×";
    close.setAttribute("aria-label", "Esc");
    close.style.cssText = "position:absolute;top:.4rem;right:.7rem;background:none;border:0;"
      + "color:inherit;font-size:1.4rem;cursor:pointer";
    close.onclick = () => host.remove();
    const words = document.createElement("pre");
    words.textContent = problems;
    words.style.cssText = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;background:none;color:inherit";
    host.append(head, close, words);
    document.body.append(host);
  }
})();
