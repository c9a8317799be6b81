// Full-text search over the static index of this site. No dependencies; texts
// of the index reach the page as text nodes only.

// Terms: as the index has them.
const WORD = /(?:[0-9]\.(?=[0-9])|[\p{L}\p{N}\p{M}\u00ad\u200c\u200d])+/gu;
const WIDE = /([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]+)/u;
const DROPPED = /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0640\u064b-\u065f\u0670\u200c\u200d]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };

const fold = s => s.normalize("NFKD").toLowerCase().replace(DROPPED, "")
  .replace(/[ßæœøłđðþıς]/g, c => LETTERS[c]).normalize("NFC");

/** The terms of a text, each as [term, start, end, whether of a script without spaces]. */
export function tokens(text) {
  const out = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (/^.$/u.test(word) && /['’]/.test(text.slice(Math.max(index - 1, 0), index + word.length + 1))) continue;
    let at = index;
    word.split(WIDE).forEach((part, i) => {
      const end = at + part.length, chars = [...fold(part)];
      if (chars.length && i % 2 === 0) out.push([chars.slice(0, 32).join(""), at, end, false]);
      else if (chars.length) {
        const exact = chars.join("").length === part.length;
        for (let k = 0, p = at; k < Math.max(chars.length - 1, 1); p += chars[k++].length) {
          const pair = chars.slice(k, k + 2).join("");
          out.push([pair, exact ? p : at, exact ? p + pair.length : end, true]);
        }
      }
      at = end;
    });
  }
  return out;
}

// Keys are strings of bytes, so that they compare as the index is sorted.
const key = s => String.fromCharCode(...new TextEncoder().encode(s));

/** The forms of a word by sets of endings that have the same stem. */
export function forms(word, sets) {
  const out = new Set([word]);
  for (const set of sets) {
    const ends = set.split("|");
    for (const end of ends) {
      const stem = word.slice(0, word.length - end.length);
      if (word.endsWith(end) && stem.length > 1 && stem.length + ends[0].length > 2) ends.forEach(e => out.add(stem + e));
    }
  }
  return [...out];
}

function readShard(buffer) {
  const bytes = new Uint8Array(buffer), terms = new Map();
  let at = 0, last = "";
  const varint = () => {
    let n = 0, unit = 1, b;
    do { b = bytes[at++]; n += (b & 127) * unit; unit *= 128; } while (b > 127);
    return n;
  };
  while (at < bytes.length) {
    const shared = bytes[at++], rest = bytes[at++];
    last = last.slice(0, shared) + String.fromCharCode(...bytes.subarray(at, at += rest));
    const df = varint(), length = varint(), from = at;
    terms.set(last, {
      df: df >> 1, cut: df & 1,
      each(f) {
        at = from;
        for (let doc = 0; at < from + length;) {
          const n = varint();
          f(doc += n >>> 4, 1.25 ** (n % 16));
        }
      },
    });
    at = from + length;
  }
  return terms;
}

const MAX_WORDS = 8, VARIANT = 0.75, BEGINNING = 0.4;

/** The index at a URL that ends in a slash. */
export class Index {
  constructor(url) {
    this.url = url;
    this.files = new Map();
  }

  // A file, loaded once; again after a failure or an abort.
  load(name, read, signal, cache) {
    let file = this.files.get(name);
    if (!file || (!file.done && file.signal?.aborted)) {
      file = { signal };
      file.content = fetch(new URL(name, this.url), { signal, cache }).then(async r => {
        if (!r.ok) throw new Error(`${r.url}: ${r.status}`);
        const content = read(await r.arrayBuffer());
        file.done = true;
        return content;
      });
      file.content.catch(() => this.files.get(name) === file && this.files.delete(name));
      this.files.set(name, file);
    }
    return file.content;
  }

  json(name, signal, cache) {
    return this.load(name, b => JSON.parse(new TextDecoder().decode(b)), signal, cache);
  }

  async open(signal) {
    const m = await this.json("index.json", signal, "no-cache");
    if (m.v !== 1) throw new Error("unknown version of the search index");
    m.keys ??= m.shards.map(key);
    return (this.manifest = m);
  }

  name(dir, i, ext) {
    return `${dir}/${String(i).padStart(3, "0")}.${ext}?v=${this.manifest.id}`;
  }

  // The number of the shard that a key is in.
  find(k) {
    const { keys } = this.manifest;
    let lo = 0, hi = keys.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (keys[mid] <= k) lo = mid + 1; else hi = mid;
    }
    return lo;
  }

  shard(i, signal) {
    return this.load(this.name("t", i, "bin"), readShard, signal);
  }

  // The pages of a word, its forms, and, if open, the words that it begins.
  async word(word, open, reach, signal) {
    const k = key(word), at = this.find(k), end = open ? this.find(k + "\xff") : at;
    const shard = await this.shard(at, signal), docs = new Map();
    let df = 0, cut = false;
    const add = (list, factor) => {
      if (!list) return;
      list.each((doc, weight) => { if (!(docs.get(doc) >= weight * factor)) docs.set(doc, weight * factor); });
      df = Math.max(df, list.df);
      cut ||= list.cut;
    };
    add(shard.get(k), 1);
    if (end - at > 1) add(shard.get(k + "*"), BEGINNING);
    else if (open) {
      for (const terms of new Set([shard, await this.shard(end, signal)])) {
        for (const [t, list] of terms) if (t.startsWith(k) && !t.endsWith("*")) add(list, t === k ? 1 : BEGINNING);
      }
    }
    // Forms in the same shard or as near as reach, where most of them are.
    const near = forms(word, this.manifest.forms).slice(1).map(key).filter(f => Math.abs(this.find(f) - at) <= reach);
    const lists = await Promise.all(near.map(async f => (await this.shard(this.find(f), signal)).get(f)));
    lists.forEach(list => add(list, VARIANT));
    return { docs, df: Math.max(df, docs.size), cut };
  }

  /** The pages that have all words of a query, or else (partial) some, best first. */
  async search(query, signal) {
    const { n } = await this.open(signal), found = tokens(query), last = found.at(-1);
    const terms = [...new Set(found.map(t => t[0]))].slice(0, MAX_WORDS);
    const open = last && (last[3] || last[0].length > 1) ? last[0] : "";
    const reach = terms.length > 4 ? 0 : 1;
    const words = await Promise.all(terms.map(t => this.word(t, t === open, reach, signal)));
    const pages = new Map();
    let needed = 0;
    for (const { docs, df, cut } of words) {
      // What most pages have, or what is not listed in full, is a wish only.
      const must = !cut && (n < 50 || df < 0.4 * n) ? 1 : 0, idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
      needed += must;
      for (const [doc, weight] of docs) {
        const page = pages.get(doc) ?? [doc, 0, 0];
        page[1] += must;
        page[2] += weight * idf;
        pages.set(doc, page);
      }
    }
    let all = [...pages.values()];
    const full = all.filter(p => p[1] === needed), partial = !full.length && all.length > 0;
    if (!partial) all = full;
    all.sort((a, b) => b[1] - a[1] || b[2] - a[2] || a[0] - b[0]);
    const more = all.length > 0 && words.every(w => w.cut);
    const wanted = new Set(terms.flatMap(t => forms(t, this.manifest.forms)));
    return { pages: all.map(p => p[0]), partial, more, matches: t => wanted.has(t) || (open && t.startsWith(open)) };
  }

  /** The entry of a page: URL, title, section, excerpt, headings. */
  async page(i, signal) {
    const { chunk } = this.manifest;
    const [url, title, section, excerpt, ...rest] = (await this.json(this.name("d", Math.floor(i / chunk), "json"), signal))[i % chunk];
    const headings = [];
    for (let k = 0; k < rest.length; k += 2) headings.push({ id: rest[k], text: rest[k + 1] });
    return { url, title, section, excerpt, headings };
  }
}

// The user interface.

const PER_PAGE = 10;
const make = (name, className, ...nodes) => {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...nodes);
  return e;
};

// The text with its matches in <mark>.
function marked(text, matches) {
  const out = document.createDocumentFragment();
  let at = 0, mark;
  for (const [term, start, end] of tokens(text)) {
    if (!matches(term)) continue;
    if (mark && start <= at) mark.append(text.slice(at, Math.max(end, at)));
    else out.append(text.slice(at, start), mark = make("mark", "", text.slice(start, end)));
    at = Math.max(end, at);
  }
  out.append(text.slice(at));
  return out;
}

// The heading that has more of the query than the title has.
function bestHeading(page, { matches }) {
  const hits = text => new Set(tokens(text).map(t => t[0]).filter(matches)).size;
  let best, most = hits(page.title);
  for (const h of page.headings) {
    const n = hits(h.text);
    if (n > most) [best, most] = [h, n];
  }
  return best;
}

function locale(lang) {
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch {
    return undefined;
  }
}

function start(root, first) {
  const $ = name => root.querySelector(".jam-search-" + name);
  const form = root.querySelector("form"), input = root.querySelector("input");
  const status = $("status"), list = $("results"), more = $("more"), close = $("close");
  const { base, inline, keys } = root.dataset, lang = locale(document.documentElement.lang);
  const home = new URL(base || ".", document.baseURI), labels = JSON.parse(root.dataset.labels);
  const index = new Index(new URL(root.dataset.index, document.baseURI));
  let current, timer, found, shown = 0, asked = null, entered = false;

  const show = open => {
    root.toggleAttribute("data-open", open);
    list.hidden = !open;
    if (close) close.hidden = !open;
    if (!open) more.hidden = true;
  };
  const links = () => [...list.querySelectorAll("a")];

  // The URL of a page, if it is one of this origin.
  function address(path, heading) {
    try {
      const url = new URL(path, home);
      if (heading) url.hash = heading.id;
      return /^https?:$/.test(url.protocol) && url.origin === location.origin ? url.href : "";
    } catch {
      return "";
    }
  }

  function item(page) {
    const heading = bestHeading(page, found), link = make("a", "", marked(page.title || page.url, found.matches));
    if (heading) {
      link.append(make("span", "jam-search-heading", " \u203a ", marked(heading.text, found.matches)));
    }
    const url = address(page.url, heading);
    if (url) link.href = url;
    const li = make("li", "", link);
    if (page.section) li.append(make("p", "jam-search-section", page.section));
    if (page.excerpt) li.append(make("p", "jam-search-excerpt", marked(page.excerpt, found.matches)));
    return li;
  }

  async function append(signal) {
    const pages = found.pages.slice(shown, shown + PER_PAGE);
    const entries = await Promise.all(pages.map(i => index.page(i, signal)));
    if (shown === 0) list.replaceChildren();
    list.append(...entries.map(item));
    shown += pages.length;
    more.hidden = shown >= found.pages.length;
  }

  function count() {
    const n = found.pages.length, number = n.toLocaleString(lang) + (found.more ? "+" : "");
    if (!n) return labels.none;
    const text = labels.results[new Intl.PluralRules(lang).select(n)] ?? labels.results.other;
    return text.replace("%d", number) + (found.partial ? " " + labels.partial : "");
  }

  async function run() {
    clearTimeout(timer);
    const query = input.value.trim();
    if (query === asked) return query && show(true);
    asked = query;
    current?.abort();
    const { signal } = current = new AbortController();
    if (inline !== undefined) remember(query);
    if (!tokens(query).length) {
      list.replaceChildren();
      show(query !== "");
      more.hidden = true;
      status.textContent = query ? labels.none : inline === undefined ? "" : labels.hint;
      return;
    }
    const slow = setTimeout(() => {
      status.textContent = labels.searching;
      show(true);
    }, 300);
    try {
      const result = await index.search(query, signal);
      if (signal.aborted) return;
      found = result;
      shown = 0;
      await append(signal);
      if (signal.aborted) return;
      clearTimeout(slow);
      status.textContent = count();
      show(true);
    } catch {
      if (signal.aborted) return;
      asked = null;
      list.replaceChildren();
      show(true);
      more.hidden = true;
      clearTimeout(slow);
      status.textContent = labels.failed;
    } finally {
      clearTimeout(slow);
    }
  }

  // The query is part of the search page's URL. Typing changes the entry of the
  // history; after the Enter key it makes a new one.
  function remember(query) {
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query); else url.searchParams.delete("q");
    if (url.href === location.href) return;
    history[entered ? "pushState" : "replaceState"](null, "", url);
    entered = false;
  }
  function recall() {
    entered = false;
    input.value = new URL(location.href).searchParams.get("q") ?? "";
    return run();
  }

  function shut() {
    clearTimeout(timer);
    current?.abort();
    asked = null;
    status.textContent = "";
    list.replaceChildren();
    show(false);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  });
  form.addEventListener("submit", async event => {
    if (inline === undefined && form.hasAttribute("action")) return;
    event.preventDefault();
    await run();
    entered = true;
    if (inline === undefined) links()[0]?.click();
  });
  more.addEventListener("click", async () => {
    const before = links().length;
    try {
      await append(current.signal);
      links()[before]?.focus();
    } catch {
      status.textContent = labels.failed;
    }
  });
  close?.addEventListener("click", () => { shut(); input.focus(); });
  root.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = [input, ...links()], at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0 && stops[at + step]) {
      event.preventDefault();
      stops[at + step].focus();
    } else if (step === 1 && at === 0) {
      run();
    } else if (event.key === "Escape" && (at > 0 || (inline === undefined && root.hasAttribute("data-open")))) {
      event.preventDefault();
      if (inline === undefined) shut();
      input.focus();
    }
  });
  if (inline === undefined) {
    document.addEventListener("pointerdown", event => { if (!root.contains(event.target)) shut(); });
    root.addEventListener("focusout", event => { if (event.relatedTarget && !root.contains(event.relatedTarget)) shut(); });
    input.addEventListener("click", run);
  }
  if (first && keys !== undefined) {
    document.addEventListener("keydown", event => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
        && !event.target.closest?.("input, textarea, select, [contenteditable]");
      if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey)) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
  }
  root.hidden = false;
  if (inline !== undefined) {
    window.addEventListener("popstate", recall);
    recall();
  }
}

if (typeof document === "object") document.querySelectorAll(".jam-search").forEach((root, i) => start(root, i === 0));
