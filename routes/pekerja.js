/* The service worker: keeps what was last seen readable without a connection. Version %VERSI%.
   Documents come from the network whenever there is one; what is kept is shown only when there is none, without
   scripts and with its age. Closed pages are never kept, except a leader's own on a device the server calls trusted, and
   the wall on a screen that holds a key for it. */
"use strict";

const PUBLIC = "emonev-publik", LEADER = "emonev-pimpinan", ASSETS = "emonev-aset", WALL = "emonev-dinding";
const MOST = 12;
const KEPT_PAGE = /^\/($|metodologi$|opd\/[^/]+$)/;
const HASHED = /[.-][0-9a-f]{8,}\.\w+$/;
const ASSET = /^\/(aset|assets)\/(.*\.(css|woff2|svg)|dinding\.[0-9a-f]+\.js)$/;
const CSP = "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

self.addEventListener("install", (event) => {
  /* What the live page asks at each click is not kept; where the browser can do so it does not even pass here, which
     saves more than the server takes to answer. */
  if (event.addRoutes) {
    event.addRoutes({ condition: { urlPattern: "/_dash-update-component" }, source: "network" }).catch(() => {});
  }
  self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const told = event.data || {};
  if (told.jenis === "simpan") event.waitUntil(keepVisit(told));
});

self.addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  /* Signing in or out: whoever had the phone before takes their view along, whatever the server says. */
  if (request.method !== "GET") {
    if (/^\/(keluar|masuk)(\/|$)/.test(address.pathname)) event.waitUntil(caches.delete(LEADER));
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(request, address, event));
  else if (address.pathname === "/dinding/isi") event.respondWith(wallContent(request, event));
  else if (ASSET.test(address.pathname)) event.respondWith(asset(request, address));
});

/* The browser's own memory would answer without a connection too, but without saying the age; so the server is asked,
   which says 304 as long as nothing is new. */
function asked(request, address) {
  const fresh = request.cache === "default" && KEPT_PAGE.test(address.pathname);
  return fresh ? fetch(request, { cache: "no-cache" }) : fetch(request);
}

/* A screen that may not show the wall any more keeps none of it. */
async function wallContent(request, event) {
  const answer = await fetch(request);
  if (answer.status === 403) event.waitUntil(caches.delete(WALL));
  return answer;
}

/* The wall as it came, headers and script too: without a connection its script goes on asking and tells the age. */
async function keepWall(answer) {
  if (answer.status === 403 || answer.type === "opaqueredirect") return caches.delete(WALL);
  if (answer.status !== 200 || answer.redirected) return undefined;
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("X-Disimpan", String(Date.now()));
  return (await caches.open(WALL)).put("/dinding", new Response(await answer.text(), { headers }));
}

async function oldWall() {
  const found = await (await caches.open(WALL)).match("/dinding");
  if (!found) return nothing();
  const seconds = Math.max(1, Math.floor((Date.now() - Number(found.headers.get("X-Disimpan"))) / 1000));
  const text = (await found.text()).replace(/data-umur="\d+"/, `data-umur="${seconds}" data-luring`);
  return new Response(text, { headers: found.headers });
}

async function page(request, address, event) {
  let answer;
  try {
    answer = await asked(request, address);
  } catch (error) {
    return offline(address);
  }
  if (/^\/masuk(\/|$)/.test(address.pathname)) event.waitUntil(caches.delete(LEADER));
  const copy = answer.clone();
  event.waitUntil(keep(copy, address).catch(() => undefined));
  return answer;
}

/* ``answer`` belongs to ``address``. A navigation's redirect stays opaque here: nobody is signed in any more. */
async function keep(answer, address) {
  if (address.pathname === "/dinding") return keepWall(answer);
  if (address.pathname === "/pimpinan") {
    if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 401 || answer.status === 403) return caches.delete(LEADER);
    if (!answer.ok) return undefined;
    const seconds = Number(answer.headers.get("Emonev-Simpan"));
    await caches.delete(LEADER);
    return seconds > 0 ? store(LEADER, answer, address, seconds) : undefined;
  }
  const control = answer.headers.get("Cache-Control") || "";
  if (!KEPT_PAGE.test(address.pathname) || !answer.ok || answer.redirected || /no-store|private/.test(control)) return undefined;
  await store(PUBLIC, answer, address, 0);
  const cache = await caches.open(PUBLIC), kept = await cache.keys();
  const spare = kept.filter((one) => new URL(one.url).pathname !== "/").slice(0, Math.max(0, kept.length - MOST));
  return Promise.all(spare.map((one) => cache.delete(one)));
}

/* Without scripts and forms, so without tokens. */
async function store(name, answer, address, seconds) {
  const text = (await answer.text())
    .replace(/<script\b[\s\S]*?<\/script>/gi, "")
    .replace(/<form\b[\s\S]*?<\/form>/gi, "");
  const title = (/<title>([\s\S]*?)<\/title>/.exec(text) || ["", "e-Monev"])[1];
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": CSP,
    "X-Disimpan": String(Date.now()),
    "X-Sampai": String(seconds ? Date.now() + seconds * 1000 : 0),
    "X-Judul": encodeURIComponent(title),
  };
  const cache = await caches.open(name), key = address.pathname + address.search;
  await cache.delete(key);
  await cache.put(key, new Response(text, { headers }));
}

async function keepVisit(told) {
  const address = new URL(told.alamat, self.location.origin);
  if (address.origin !== self.location.origin) return;
  if (KEPT_PAGE.test(address.pathname) || ["/pimpinan", "/dinding"].includes(address.pathname)) {
    await keep(await fetch(address.href, { redirect: "manual" }), address);
  }
  for (const one of told.aset || []) {
    const found = new URL(one, self.location.origin);
    if (found.origin === self.location.origin && ASSET.test(found.pathname)) await asset(new Request(found.href), found);
  }
}

async function asset(request, address) {
  const cache = await caches.open(ASSETS);
  if (HASHED.test(address.pathname)) {
    const found = await cache.match(request);
    if (found) return found;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      const kept = await cache.keys();
      await Promise.all(kept.slice(0, Math.max(0, kept.length - 60)).map((one) => cache.delete(one)));
      await cache.put(request, answer.clone());
    }
    return answer;
  } catch (error) {
    return (await cache.match(request)) || Response.error();
  }
}

async function offline(address) {
  if (address.pathname === "/dinding") return oldWall();
  const key = address.pathname + address.search;
  const found = await valid(address.pathname === "/pimpinan" ? LEADER : PUBLIC, key);
  if (!found) return nothing();
  const bar = `<div class="luring" role="status">Tersimpan ${age(found)}, tanpa sambungan</div>`;
  const text = (await found.text()).replace(/<body[^>]*>/, (body) => body + bar);
  return new Response(text, { headers: found.headers });
}

async function valid(name, key) {
  const cache = await caches.open(name), found = await cache.match(key);
  const until = found ? Number(found.headers.get("X-Sampai")) : 0;
  if (!until || until > Date.now()) return found;
  await cache.delete(key);
  return undefined;
}

function age(answer) {
  const minutes = Math.floor((Date.now() - Number(answer.headers.get("X-Disimpan"))) / 60000);
  if (minutes < 1) return "baru saja";
  if (minutes < 60) return `${minutes} menit lalu`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} jam lalu`;
  return `${Math.floor(minutes / 1440)} hari lalu`;
}

async function nothing() {
  const rows = [];
  for (const name of [PUBLIC, LEADER]) {
    for (const one of await (await caches.open(name)).keys()) {
      const address = new URL(one.url), found = await valid(name, address.pathname + address.search);
      if (!found) continue;
      const title = decodeURIComponent(found.headers.get("X-Judul"));
      const link = (address.pathname + address.search).replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
      rows.push(`<li><a href="${link}">${title}</a> <span>tersimpan ${age(found)}</span></li>`);
    }
  }
  const list = rows.length ? `<p>Yang tersimpan di ponsel ini:</p><ul>${rows.join("")}</ul>` : "<p>Belum ada halaman yang tersimpan di ponsel ini.</p>";
  const style = (await fontFaces()) + "body{font:17px/26px S,system-ui,sans-serif;color:#15181E;margin:0 auto;padding:36px 16px;max-width:720px}h1{font:600 28px/34px R,Georgia,serif}ul{list-style:none;padding:0;border-top:1px solid #15181E}li{border-bottom:1px solid #EBEDF0}a{color:#0E4A5A;display:block;padding:9px 0 0}span{color:#666D78;font-size:15px;display:block;padding-bottom:9px}";
  const text = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Tidak ada sambungan · e-Monev</title><style>${style}</style></head><body><main><h1>Tidak ada sambungan</h1><p>Halaman ini perlu internet. Sambungkan ponsel, lalu muat ulang.</p>${list}</main></body></html>`;
  return new Response(text, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP } });
}

/* Our letters, if this phone has seen them: S and R. */
async function fontFaces() {
  const kept = (await (await caches.open(ASSETS)).keys()).map((one) => new URL(one.url).pathname);
  const face = (name, part) => {
    const path = kept.filter((one) => one.includes(part) && one.endsWith(".woff2")).pop();
    return path ? `@font-face{font-family:${name};font-weight:200 900;src:url("${path}") format("woff2")}` : "";
  };
  return face("S", "monev-sans") + face("R", "monev-serif");
}
