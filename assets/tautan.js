/* Links marked data-lunak navigate without reloading: Dash's own location component hears the event and Back works
   as everywhere. Without this script every one of them is an ordinary link. Where the page stands after a move is kept
   by assets/tempat.js (window.emonev). */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function plain(event) {
    return event.button === 0 && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  }

  /* Only once Dash has drawn the page: before that a link is an ordinary link. */
  function live() {
    return root.hasAttribute("data-siap") || (document.getElementById("_pages_content") && !document.getElementById("tampilan-awal"));
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-lunak]");
    if (!link || !plain(event) || link.target || link.origin !== location.origin || !live()) return;
    event.preventDefault();
    var place = window.emonev.tempat;
    place.simpan();
    var tell = function () { window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); };
    var later = window.emonev.lekas && window.emonev.lekas(link, tell);
    if (link.href !== location.href) history.pushState({}, "", link.href);
    if (!later) tell();
    var box = link.closest("details[data-tutup]");
    if (box) box.open = false;
    if (link.hash) place.keJangkar(link.hash.slice(1), link, link.dataset.lunak === "diam");
    else if (link.dataset.lunak === "atas") place.keAtas();
    else place.diam(link);
  });

  /* A small menu closes when one taps elsewhere or presses Escape. */
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-tutup][open]").forEach(function (box) {
      if (!box.contains(event.target)) box.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-tutup][open]").forEach(function (box) {
      box.open = false;
      box.querySelector("summary").focus();
    });
  });

  /* On a phone the later groups start folded; each is folded once, when it first appears. */
  var narrow = window.matchMedia("(max-width: 720px)");
  var seen = new WeakSet();
  function fold() {
    document.querySelectorAll('details[data-lipat="ponsel"]').forEach(function (box) {
      if (seen.has(box)) return;
      seen.add(box);
      if (narrow.matches) box.open = false;
    });
  }
  function start() {
    fold();
    new MutationObserver(fold).observe(document.body, { childList: true, subtree: true });
  }
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
