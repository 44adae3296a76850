// The wall: turns the pages, asks for newer ones, and keeps the last picture with its age when nobody answers.
// Two timers and no listener, for as long as the screen is on.
(function () {
  "use strict";
  var stage = document.getElementById("dinding"), old = document.getElementById("dinding-umur");
  if (!stage || stage.hasAttribute("data-diam")) return;
  var KEPT = "emonev-dinding", PAGES = 5;
  var turn = +stage.dataset.ganti * 1000, ask = +stage.dataset.tanya * 1000;
  var empty = stage.hasAttribute("data-kosong"), version = stage.dataset.versi || "", cause = "", asking = false;
  var good = empty ? 0 : Date.now() - (+stage.dataset.umur || 0) * 1000;
  if (+stage.dataset.umur) cause = stage.hasAttribute("data-luring") ? "jaringan terputus" : "basis data tidak terjangkau";

  function keep(text) {
    try { localStorage.setItem(KEPT, JSON.stringify({ versi: version, pada: good, halaman: text })); } catch (e) { /* full or forbidden */ }
  }
  function kept() {
    try { return JSON.parse(localStorage.getItem(KEPT)); } catch (e) { return null; }
  }
  function show(text) {
    stage.innerHTML = text;
    empty = false;
  }
  function age() {
    var minutes = Math.max(0, Math.floor((Date.now() - good) / 60000)), words = minutes + " menit";
    if (minutes < 1) words = "kurang dari 1 menit";
    if (minutes >= 60) words = Math.floor(minutes / 60) + " jam";
    if (minutes >= 1440) words = Math.floor(minutes / 1440) + " hari";
    old.textContent = cause && !empty ? "Data " + words + " lalu — " + cause : "";
    old.hidden = !old.textContent;
  }
  function restore() {
    var last = kept();
    if (!last || !last.halaman || !(last.pada > good)) return;
    version = last.versi;
    good = last.pada;
    show(last.halaman);
  }
  function refuse(found) {
    // The screen was revoked: nothing of what it has seen stays on it.
    try { localStorage.removeItem(KEPT); } catch (e) { /* forbidden */ }
    if (window.caches) caches.delete(KEPT);
    version = cause = "";
    good = 0;
    show(found.kabar);
    empty = true;
    age();
  }
  function fresh(found) {
    good = Date.now();
    cause = "";
    if (found && found.versi !== version) {
      version = found.versi;
      show(found.halaman);
    }
    keep(stage.innerHTML);
  }
  function take(answer) {
    if (answer.status === 304) return fresh(null);
    return answer.json().then(function (found) {
      if (answer.status === 200) return fresh(found);
      if (answer.status === 403) return refuse(found);
      cause = "basis data tidak terjangkau";
      if (found.halaman && Date.now() - found.umur * 1000 > good) {
        good = Date.now() - found.umur * 1000;
        version = found.versi;
        show(found.halaman);
      }
    });
  }
  function poll() {
    if (asking) return;
    asking = true;
    var stop = new AbortController(), limit = setTimeout(function () { stop.abort(); }, 20000);
    fetch("/dinding/isi", { headers: version ? { "If-None-Match": '"' + version + '"' } : {}, cache: "no-store", signal: stop.signal })
      .then(take)
      .catch(function () { cause = "jaringan terputus"; })
      .then(function () { clearTimeout(limit); asking = false; age(); });
  }

  if (empty) { cause = "basis data tidak terjangkau"; restore(); }
  else if (+stage.dataset.umur) restore();
  else keep(stage.innerHTML);
  age();
  setInterval(function () { stage.dataset.bagian = String(+stage.dataset.bagian % PAGES + 1); }, turn);
  setInterval(poll, ask);

  // The service worker keeps this document for a reload without a network (routes/pekerja.js); on its first day it has
  // to be told what was loaded before it woke.
  if (!navigator.serviceWorker || empty) return;
  navigator.serviceWorker.register("/sw.js").then(function () {
    return navigator.serviceWorker.controller ? null : navigator.serviceWorker.ready;
  }).then(function (place) {
    if (!place) return;
    var seen = performance.getEntriesByType("resource").map(function (one) { return one.name; });
    place.active.postMessage({ jenis: "simpan", alamat: window.location.href, aset: seen });
  }).catch(function () { /* the last picture still stays in the page itself */ });
})();
