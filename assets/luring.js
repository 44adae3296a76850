// Hands this view to the service worker, which keeps it for moments without a connection (routes/pekerja.js).
(function () {
  "use strict";
  if (!("serviceWorker" in navigator) || window.top !== window.self) return;

  function told() {
    var found = performance.getEntriesByType("resource").map(function (one) { return one.name; });
    return { jenis: "simpan", alamat: window.location.href, aset: found };
  }

  window.addEventListener("load", function () {
    navigator.serviceWorker.register("/sw.js").then(function () {
      // A page that a worker already watches over was kept on its way here.
      if (navigator.serviceWorker.controller) return null;
      return navigator.serviceWorker.ready.then(function (place) { place.active.postMessage(told()); });
    }).catch(function () { /* a browser that keeps nothing still shows everything */ });
  });
})();
