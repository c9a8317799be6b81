"use strict";
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
  if (!self.document) {
    const ports = new Set();
    let last;
    self.onconnect = ({ ports: [port] }) => {
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

  const me = document.currentScript;
  const page = me.dataset;
  const own = new URL(".", me.src).href;
  const key = "jam-preview";

  // Scroll positions, of the page and what scrolls in it, outlast a reload.
  const trail = (e) => (e.parentElement ? [...trail(e.parentElement), [...e.parentElement.children].indexOf(e)] : []);
  const reload = () => {
    leave();
    try {
      const at = [...document.querySelectorAll("*")]
        .filter((e) => e.scrollTop || e.scrollLeft)
        .map((e) => [trail(e), e.scrollLeft, e.scrollTop]);
      sessionStorage.setItem(key, JSON.stringify([location.href, at]));
    } catch {}
    location.reload();
  };
  try {
    const [href, at] = JSON.parse(sessionStorage.getItem(key) || "[]");
    sessionStorage.removeItem(key);
    const scroll = () => {
      for (const [way, left, top] of at)
        way.reduce((e, i) => e?.children[i], document.documentElement)?.scrollTo({ left, top, behavior: "instant" });
    };
    if (href == location.href) {
      if (document.readyState == "loading") addEventListener("DOMContentLoaded", scroll);
      else scroll();
      addEventListener("load", scroll);
    }
  } catch {}

  // refresh loads files again that the page uses, or the page if they are more than style sheets and images.
  const pathOf = (url) => {
    try {
      const u = new URL(url, document.baseURI);
      return u.origin == location.origin && decodeURIComponent(u.pathname);
    } catch {}
  };
  const again = (url) => {
    const u = new URL(url, document.baseURI);
    u.searchParams.set("jam", page.id);
    return u.href;
  };
  const refresh = (changed) => {
    const used = {};
    const loaded = performance.getEntriesByType("resource");
    for (const { name, initiatorType } of loaded) used[pathOf(name)] = initiatorType == "css" || used[pathOf(name)] || false;
    for (const e of document.querySelectorAll("[src],link[href]")) used[pathOf(e.src || e.href)] ??= false;
    const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")].filter((l) => pathOf(l.href));
    const swap = new Set();
    for (const path of changed) {
      if (!(path in used) && loaded.length < 250) continue;
      const links = sheets.filter((l) => pathOf(l.href) == path);
      const images = [...document.images].filter((i) => pathOf(i.currentSrc || i.src) == path);
      if (links[0] || (path.endsWith(".css") && sheets[0])) for (const l of links[0] ? links : sheets) swap.add(l);
      else if (images[0] && !used[path] && images.every((i) => !i.srcset && i.parentNode.localName != "picture"))
        for (const i of images) i.src = again(i.src);
      else return reload();
    }
    for (const old of swap) {
      const link = old.cloneNode();
      link.href = again(old.href);
      link.onload = () => old.remove();
      link.onerror = reload;
      old.after(link);
    }
  };

  // panel shows some HTML beside or over the page, where neither's styles reach the other.
  const panel = () => {
    let host, shown;
    return (html) => {
      if (html == shown) return;
      host?.remove();
      shown = html;
      if (!html) return;
      const box = (host = document.createElement("jam-preview"));
      const root = box.attachShadow({ mode: "open" });
      root.innerHTML = html;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = own + "preview.css";
      const dialog = root.querySelector("dialog");
      if (!dialog) box.hidden = true;
      link.onload = link.onerror = () => {
        box.hidden = false;
        if (box.isConnected) dialog?.showModal();
      };
      root.prepend(link);
      document.documentElement.append(box);
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
        const answer = await fetch(own + "state?" + new URLSearchParams(page));
        if (!answer.ok || left) continue;
        const state = await answer.json();
        if (left) continue;
        if (state.stale) return reload();
        page.id = state.id;
        overlay(state.problem);
        if (self == top) badge(state.badge);
        refresh(state.changed || []);
      } catch {} // the stream tells when there is a server again
    }
    busy = false;
  };

  // A page follows the stream by the worker, or while it is seen by itself.
  let end = () => {};
  const leave = () => {
    left = true;
    end();
  };
  const alone = () => {
    let stop;
    const turn = () => {
      if (stop) stop = stop();
      if (!document.hidden) stop = follow(own + "events", check);
    };
    document.addEventListener("visibilitychange", turn);
    turn();
    end = () => {
      document.removeEventListener("visibilitychange", turn);
      if (stop) stop();
    };
  };
  const enter = () => {
    left = busy = false;
    check();
    try {
      const worker = new SharedWorker(me.src);
      worker.onerror = alone;
      let before; // the first event is what is known; the same again is a server that was restarted
      worker.port.onmessage = ({ data }) => {
        if (before || data != page.id) check();
        before = true;
      };
      end = () => worker.port.postMessage(0);
    } catch {
      alone();
    }
  };
  document.dispatchEvent(new Event(key)); // to the script of a page that this one has replaced
  document.addEventListener(key, leave, { once: true });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => e.persisted && enter());
  enter();
})();
