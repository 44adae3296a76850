/* When the public page becomes a live one. What the server wrote is complete and its links work; Dash makes moving
   about quicker, so it is fetched once the page is read: after the first touch, key or scroll, or when a moment has
   passed in which nobody waits for anything. Where the reader saves data only a touch counts. Closed pages carry their
   Dash in the document. */
(function () {
  "use strict";
  var QUIET = 1200;
  var SIGNS = ["pointerdown", "pointermove", "touchstart", "keydown", "wheel", "scroll"];
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var told = document.getElementById("emonev-awal");
  var start = (shared.awal = told ? JSON.parse(told.textContent) : {});
  var begun = false;
  var loaded = false;
  var wanted = false;

  /* dcc.Graph asks here for its library, and only when it is drawn. */
  if (start.plotly) {
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return start.plotly; }, set: function () {} });
  }

  function begin() {
    if (begun || !loaded || !start.dash) return;
    begun = true;
    SIGNS.forEach(function (name) { window.removeEventListener(name, want, true); });
    var script = document.createElement("script");
    script.src = start.dash;
    script.onload = function () { window.renderer = new window.DashRenderer(); };
    document.body.appendChild(script);
  }

  function idle(then) {
    if (window.requestIdleCallback) window.requestIdleCallback(then, { timeout: 500 });
    else window.setTimeout(then, 50);
  }

  function want() {
    wanted = true;
    idle(begin);
  }

  if (!start.dash) return;
  SIGNS.forEach(function (name) { window.addEventListener(name, want, { passive: true, capture: true }); });
  window.addEventListener("load", function () {
    loaded = true;
    if (wanted) idle(begin);
    else if (!(navigator.connection && navigator.connection.saveData)) window.setTimeout(want, QUIET);
  });
})();
