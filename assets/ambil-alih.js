// The live page takes over from the server's first view: once all of its sections are drawn, the first view goes.
(function () {
  "use strict";

  /* What the page's scripts share. ``menunggu``: how many answers of the server are still on their way. */
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var fallback = "";

  /* The title is the page's own heading; the server's short one stands until that is drawn. */
  function retitle() {
    var content = document.getElementById("_pages_content");
    var heading = content && content.querySelector("h1");
    var city = document.querySelector(".nama .pemda");
    var name = heading && heading.textContent.replace(/\s+/g, " ").trim().replace(/\.$/, "");
    var title = name ? name + " · e-Monev" + (city ? " " + city.textContent : "") : fallback;
    if (title && document.title !== title) document.title = title;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    emonev: {
      judul: function (data) {
        fallback = (data && data.title) || "";
        retitle();
        return "";
      },
    },
  });

  // A closed section answers 401 when the session has ended: the page is asked for anew, which leads to the sign-in
  // form and back. What waits for the answer waits on.
  var plainFetch = window.fetch;
  var leaving = false;
  function leave() {
    if (!leaving) window.location.reload();
    leaving = true;
    return new Promise(function () {});
  }
  window.fetch = function (resource) {
    var address = typeof resource === "string" ? resource : (resource && resource.url) || "";
    if (address.indexOf("_dash-update-component") < 0) return plainFetch.apply(this, arguments);
    shared.menunggu += 1;
    return plainFetch.apply(this, arguments).then(
      function (response) {
        shared.menunggu -= 1;
        return response.status === 401 ? leave() : response;
      },
      function (error) {
        shared.menunggu -= 1;
        throw error;
      }
    );
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
      retitle();
      window.dispatchEvent(new CustomEvent("emonev:siap"));
      new MutationObserver(retitle).observe(live, { childList: true, subtree: true });
    }
    watcher.observe(live, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", takeOver);
  else takeOver();
})();
