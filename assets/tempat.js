/* Where the page stands: a soft link with an anchor ends at that anchor, Back ends where one was. Sections arrive one
   by one, so the place is sought again after each, for three seconds at most or until the reader moves by hand. */
(function () {
  "use strict";
  var LONGEST = 3000;
  var QUIET = 250;
  var SHORTEST = 600;
  var MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];
  var seeking = null;
  var saving = null;
  var moved = false;

  window.emonev = window.emonev || { menunggu: 0 };
  history.scrollRestoration = "manual";

  function save() {
    window.clearTimeout(saving);
    if (seeking && seeking.holds) return;
    history.replaceState(Object.assign({}, history.state, { gulir: window.scrollY }), "");
  }

  /* Keep to a place until all is drawn: ``step`` moves the page there, ``done`` runs once at the end. */
  function seek(step, done) {
    if (seeking) seeking.stop();
    var began = Date.now();
    var last = began;
    var watcher = new MutationObserver(function () {
      last = Date.now();
      step();
    });
    watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-isi"] });
    var timer = window.setInterval(function () {
      var now = Date.now();
      var quiet = !window.emonev.menunggu && now - last > QUIET && now - began > SHORTEST;
      if (!quiet && now - began < LONGEST) return;
      step();
      seeking.stop();
      if (done) done();
      save();
    }, 50);
    seeking = {
      holds: true,
      stop: function () {
        watcher.disconnect();
        window.clearInterval(timer);
        seeking = null;
      },
    };
    step();
  }

  /* The element of an anchor; when it is hidden on this screen, the section it heads. */
  function anchor(name) {
    var found = document.getElementById(name);
    if (found && !found.getClientRects().length) found = found.closest("section");
    return found;
  }

  function inView(element) {
    var top = element ? element.getBoundingClientRect().top : -1;
    return top >= 0 && top < window.innerHeight * 0.75;
  }

  function focusOn(element) {
    if (!element) return;
    if (!element.matches("a, button, [tabindex]")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /* The redrawn link, when drawing it anew took the focus away. */
  function twin(href) {
    if (document.activeElement && document.activeElement !== document.body) return true;
    var links = Array.prototype.filter.call(document.querySelectorAll("main a[href]"), function (link) {
      return link.getAttribute("href") === href && link.getClientRects().length;
    });
    focusOn(links[0]);
    return links.length > 0;
  }

  function toAnchor(name, link, still) {
    var href = link && link.getAttribute("href");
    var stay = still && inView(anchor(name));
    var step = function () {
      var target = anchor(name);
      if (!target) return;
      if (stay && inView(target)) return;
      target.scrollIntoView({ block: "start" });
    };
    seek(step, function () {
      if (!(stay && href && twin(href))) focusOn(anchor(name));
    });
  }

  function toTop() {
    window.scrollTo(0, 0);
    focusOn(document.getElementById("isi"));
    seek(function () {}, function () {
      if (document.activeElement === document.body) focusOn(document.getElementById("isi"));
    });
  }

  function stayHere(link) {
    var href = link.getAttribute("href");
    seek(function () {}, function () { twin(href); });
  }

  function back(top) {
    seek(function () { window.scrollTo(0, top); });
  }

  /* On a wide screen the lists behind the three questions are not shown: their links lead to the drill instead. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('.tanya a[href^="#"]');
    var target = link && document.getElementById(link.hash.slice(1));
    if (!target || target.getClientRects().length || !document.getElementById("telusur")) return;
    event.preventDefault();
    toAnchor("telusur", null, false);
  });

  window.emonev.tempat = { simpan: save, keJangkar: toAnchor, keAtas: toTop, diam: stayHere };

  window.addEventListener("popstate", function (event) {
    window.clearTimeout(saving);
    if (event.state && typeof event.state.gulir === "number") back(event.state.gulir);
  });
  window.addEventListener("scroll", function () {
    window.clearTimeout(saving);
    saving = window.setTimeout(save, 120);
  }, { passive: true });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a[href]")) save();
  }, true);
  MOVES.forEach(function (name) {
    window.addEventListener(name, function () {
      moved = true;
      if (seeking) seeking.stop();
    }, { passive: true, capture: true });
  });

  /* The first arrival: where one was before a reload or a Back, else the anchor of the address. */
  var start = history.state && history.state.gulir;
  document.addEventListener("DOMContentLoaded", function () {
    if (typeof start === "number") window.scrollTo(0, start);
  });
  window.addEventListener("emonev:siap", function () {
    if (moved) return;
    if (typeof start === "number") back(start);
    else if (location.hash.length > 1) toAnchor(decodeURIComponent(location.hash.slice(1)), null, false);
  });
})();
