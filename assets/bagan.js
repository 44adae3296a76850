/* Charts that answer to a finger: elements with data-figur (pages/parts/figures.py). Each stands beside its static
   drawing and takes its place once Plotly has drawn it. Plotly is fetched when a chart is touched, or when one comes
   near on a page that is live already and no data is to be saved. */
(function () {
  "use strict";
  var NEAR = "240px";
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var library = null;
  var alive = [];
  var thrifty = !!(navigator.connection && navigator.connection.saveData);

  function settings() {
    return shared.awal || {};
  }

  function fetchLibrary() {
    if (window.Plotly && window.Plotly.newPlot) return Promise.resolve();
    library = library || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = settings().plotly;
      script.onload = resolve;
      script.onerror = function () { library = null; script.remove(); reject(new Error("plotly")); };
      document.body.appendChild(script);
    });
    return library;
  }

  function draw(element) {
    if (!settings().plotly || element.dataset.digambar) return;
    element.dataset.digambar = "menunggu";
    /* A pointer that rests where a chart is redrawn touches it before the reader has seen it: the drawing goes first. */
    fetchLibrary().then(painted).then(function () {
      if (!element.isConnected) return;
      var figure = JSON.parse(element.dataset.figur);
      /* A height of its own: Plotly measures the room before the static drawing has left it. */
      element.style.width = element.closest(".bingkai-grafik").clientWidth + "px";
      window.Plotly.newPlot(element, figure.data, figure.layout, settings().grafik).then(function () {
        element.style.width = "";
        element.dataset.digambar = "ya";
        alive.push(element);
      });
    }, function () {
      delete element.dataset.digambar;
    });
  }

  function painted() {
    return new Promise(function (then) {
      window.requestAnimationFrame(function () { window.setTimeout(then, 0); });
    });
  }

  function chartOf(target) {
    var frame = target.closest && target.closest(".bingkai-grafik");
    return frame && frame.querySelector("[data-figur]");
  }

  function touched(event) {
    var chart = chartOf(event.target);
    if (chart) draw(chart);
  }

  /* Near charts are drawn when the browser has nothing better to do, one by one. */
  var near = new IntersectionObserver(function (seen) {
    seen.forEach(function (one) {
      if (!one.isIntersecting) return;
      near.unobserve(one.target);
      var chart = chartOf(one.target);
      if (chart) whenIdle(function () { draw(chart); });
    });
  }, { rootMargin: NEAR });

  function whenIdle(then) {
    if (window.requestIdleCallback) window.requestIdleCallback(then, { timeout: 800 });
    else window.setTimeout(then, 50);
  }

  function isLive() {
    return document.documentElement.hasAttribute("data-siap");
  }

  function look(root) {
    alive = alive.filter(function (element) {
      if (element.isConnected) return true;
      window.Plotly.purge(element);
      return false;
    });
    if (thrifty || !isLive() || !root.querySelectorAll) return;
    root.querySelectorAll("[data-figur]").forEach(function (chart) {
      if (!chart.dataset.digambar) near.observe(chart.closest(".bingkai-grafik"));
    });
  }

  window.addEventListener("emonev:siap", function () { look(document); });
  ["pointerover", "touchstart"].forEach(function (name) {
    document.addEventListener(name, touched, { passive: true });
  });
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(function (changes) {
      changes.forEach(function (change) { change.addedNodes.forEach(look); });
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
