(() => {
  // follow calls tell with each event of the stream, and never gives up. It returns what ends it.
  const follow = (url, tell) => {
    let source, timer;
    const open = () => {
      source = new EventSource(url);
      source.onmessage = (e) => tell(e.data);
      source.onerror = () => {
        if (source.readyState > 1) timer = setTimeout(open, 1000);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  };

  // As a shared worker, this script follows the stream for all tabs: browsers open few connections to a server.
  const { document: doc, location: here } = self;
  if (!doc) {
    const ports = new Set();
    let last;
    onconnect = ({ ports: [port] }) => {
      ports.add(port);
      port.onmessage = () => ports.delete(port);
      if (last) port.postMessage(last);
    };
    follow("events", (id) => {
      last = id;
      for (const port of ports) port.postMessage(id);
    });
    return;
  }

  const me = doc.currentScript;
  const page = me.dataset;
  const own = new URL(".", me.src).href;
  const key = "jam-preview";
  const all = (selector) => [...doc.querySelectorAll(selector)];

  // Scroll positions, of the page and what scrolls in it, outlast a reload. Those that can't be had, as
  // the page is shorter for now, are still wanted after the next one, unless the user has scrolled.
  let wanted, had;
  const trail = (e) => (e.parentElement ? [...trail(e.parentElement), [...e.parentElement.children].indexOf(e)] : []);
  const positions = () => all("*").filter((e) => e.scrollTop || e.scrollLeft).map((e) => [trail(e), e.scrollLeft, e.scrollTop]);
  const untouched = () => wanted && had == JSON.stringify(positions());
  const scroll = () => {
    if (!untouched()) return;
    for (const [way, left, top] of wanted)
      way.reduce((e, i) => e?.children[i], doc.documentElement)?.scrollTo({ left, top, behavior: "instant" });
    had = JSON.stringify(positions());
  };
  const reload = () => {
    leave();
    try {
      sessionStorage[key] = JSON.stringify([here.href, untouched() ? wanted : positions(), history.scrollRestoration]);
      history.scrollRestoration = "manual"; // the browser would come later
    } catch {}
    here.reload();
  };
  try {
    const [href, at, restoration] = JSON.parse(sessionStorage[key]);
    delete sessionStorage[key];
    if (href == here.href) {
      wanted = at;
      had = JSON.stringify(positions());
      scroll();
      addEventListener("DOMContentLoaded", scroll);
      addEventListener("load", scroll);
    }
    addEventListener("load", () => (history.scrollRestoration = restoration));
  } catch {}

  // refresh loads files again that the page uses, or the page if they are more than style sheets and images.
  const urlOf = (url) => new URL(url, doc.baseURI);
  const pathOf = (url) => {
    try {
      const u = urlOf(url);
      return u.origin == here.origin && decodeURIComponent(u.pathname);
    } catch {}
  };
  const again = (url) => {
    const u = urlOf(url);
    u.searchParams.set("jam", page.id);
    return u.href;
  };
  const gone = new Set(); // links that are there until one in their place has loaded
  const refresh = (changed) => {
    const used = {}; // by path: whether a style sheet does
    const loaded = performance.getEntriesByType("resource");
    for (const { name, initiatorType } of loaded) used[pathOf(name)] ||= initiatorType == "css";
    for (const e of all("[src],link[href]")) used[pathOf(e.src || e.href)] ??= false;
    const sheets = all("link[rel~=stylesheet]").filter((l) => pathOf(l.href) && !gone.has(l));
    const swap = new Set();
    for (const path of changed) {
      if (!(path in used) && loaded.length < 250) continue; // a browser remembers no more
      const links = sheets.filter((l) => pathOf(l.href) == path);
      const images = all("img").filter((i) => pathOf(i.currentSrc || i.src) == path);
      if (links[0] || (sheets[0] && path.endsWith(".css"))) // or one of them imports it
        for (const l of links[0] ? links : sheets) swap.add(l);
      else if (images[0] && !used[path] && images.every((i) => !i.srcset && !i.closest("picture")))
        for (const i of images) i.src = again(i.src);
      else return reload();
    }
    for (const old of swap) {
      const link = old.cloneNode();
      gone.add(old);
      link.href = again(old.href);
      link.onload = () => gone.forEach((l) => l != link && pathOf(l.href) == pathOf(link.href) && l.remove());
      link.onerror = reload;
      old.after(link);
    }
  };

  // reveal scrolls excerpts to what is marked in them.
  const reveal = (root) => {
    for (const point of root.querySelectorAll(".jam .point")) {
      const box = point.closest("pre");
      const over = point.getBoundingClientRect().right - box.getBoundingClientRect().right;
      if (over > -32) box.scrollLeft += over + box.clientWidth / 2;
    }
  };
  if (doc.querySelector("main.jam")) addEventListener("load", () => reveal(doc));

  // panel shows some HTML beside or over the page, where neither's styles reach the other.
  const panel = () => {
    let host, shown;
    return (html) => {
      if (html == shown) return;
      host?.remove();
      shown = html;
      if (!html) return;
      const box = (host = doc.createElement(key));
      const root = box.attachShadow({ mode: "open" });
      root.innerHTML = html;
      const link = doc.createElement("link");
      link.rel = "stylesheet";
      link.href = own + "preview.css";
      box.hidden = true; // until it has its style
      link.onload = link.onerror = () => {
        box.hidden = false;
        if (!box.isConnected) return;
        root.querySelector("dialog")?.showModal();
        reveal(root);
      };
      root.prepend(link);
      doc.documentElement.append(box);
    };
  };
  const overlay = panel();
  const badge = panel();

  // check asks what has become of the page.
  let busy, more, left;
  const check = async () => {
    more = true;
    if (busy) return;
    for (busy = true; more && !left; ) {
      more = false;
      try {
        const state = await (await fetch(own + "state?" + new URLSearchParams(page))).json();
        if (left) break;
        if (state.stale) return reload();
        page.id = state.id;
        overlay(state.problem);
        if (self == top) badge(state.badge);
        refresh(state.changed || []);
      } catch {} // the stream tells when there is a server again
    }
    busy = false;
  };

  // A page follows the stream by the worker, or by itself while it is seen.
  let end;
  let turn = () => {};
  const leave = () => {
    left = true;
    end();
  };
  const alone = () => {
    let stop;
    end = turn = () => {
      if (stop) stop = stop();
      if (!doc.hidden && !left) stop = follow(own + "events", check);
    };
    turn();
  };
  const enter = () => {
    left = busy = false;
    try {
      const worker = new SharedWorker(me.src);
      worker.onerror = alone;
      worker.port.onmessage = ({ data }) => data == page.id || check();
      end = () => worker.port.postMessage(0);
    } catch {
      alone();
    }
    check();
  };
  doc.dispatchEvent(new Event(key)); // to the script of a page that this one has replaced
  doc.addEventListener(key, leave, { once: true });
  doc.addEventListener("visibilitychange", () => turn());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => e.persisted && enter());
  enter();
})();
