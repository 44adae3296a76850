// The live page takes over from the server's first view: once all of its sections are drawn, the first view goes.
(function () {
  "use strict";

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    emonev: {
      judul: function (data) {
        if (data && data.title) document.title = data.title;
        return "";
      },
    },
  });

  // A closed section answers 401 when the session has ended: go and sign in, then come back.
  var plainFetch = window.fetch;
  window.fetch = function (resource) {
    return plainFetch.apply(this, arguments).then(function (response) {
      var address = typeof resource === "string" ? resource : (resource && resource.url) || "";
      if (response.status === 401 && address.indexOf("_dash-update-component") >= 0) {
        window.location.assign(window.location.href);
      }
      return response;
    });
  };

  function drawn(live) {
    var content = live.querySelector("#_pages_content");
    if (!content || !content.firstElementChild) return false;
    var places = content.querySelectorAll("[data-bagian]");
    for (var i = 0; i < places.length; i++) {
      if (!places[i].firstElementChild) return false;
    }
    return true;
  }

  function takeOver() {
    var first = document.getElementById("tampilan-awal");
    var live = document.getElementById("tampilan-hidup");
    if (!first || !live) return;
    var late = null;
    var watcher = new MutationObserver(function () {
      if (drawn(live)) swap();
      else if (late === null && live.querySelector("#_pages_content > *")) late = window.setTimeout(swap, 4000);
    });

    function swap() {
      watcher.disconnect();
      window.clearTimeout(late);
      if (!first.parentNode) return;
      var focused = first.contains(document.activeElement) && document.activeElement.getAttribute("href");
      var top = window.scrollY;
      live.hidden = false;
      first.remove();
      window.scrollTo(0, top);
      if (focused) {
        var twin = live.querySelector('a[href="' + focused.replace(/["\\]/g, "") + '"]');
        if (twin) twin.focus({ preventScroll: true });
      }
      document.documentElement.setAttribute("data-siap", "");
    }
    watcher.observe(live, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", takeOver);
  else takeOver();
})();
