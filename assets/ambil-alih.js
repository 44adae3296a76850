// The live page takes over from the server's first view: once all of its sections are drawn, the first view goes. What
// stands in the document already is not asked for again: the room comes with the document, and a section that is plain
// HTML is handed over node by node, so it neither travels twice nor is read twice.
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

  // A closed section answers 401 when the session has ended: what was kept of it goes, and the page is asked for anew,
  // which leads to the sign-in form and back. What waits for the answer waits on. Whoever signs out is on the way
  // already: an answer refused meanwhile must not turn them round, away from "Anda sudah keluar".
  var plainFetch = window.fetch;
  var leaving = false;
  var signingOut = 0;
  document.addEventListener("submit", function (event) {
    var action = event.target.getAttribute && event.target.getAttribute("action");
    if (action === "/keluar") signingOut = Date.now();
  });
  function leave() {
    if (Date.now() - signingOut < 10000) return new Promise(function () {});
    if (!leaving) {
      if (window.caches) window.caches.delete("emonev-pimpinan").catch(function () {});
      window.location.reload();
    }
    leaving = true;
    return new Promise(function () {});
  }
  shared.berakhir = leave;
  window.fetch = function (resource, options) {
    var address = typeof resource === "string" ? resource : (resource && resource.url) || "";
    var there = known(address, options);
    if (there !== null) return Promise.resolve(json(there));
    if (address.indexOf("_dash-update-component") < 0) return plainFetch.apply(this, arguments);
    var asked = askedAlready(options);
    var again = this, given = arguments;
    if (asked) return asked.then(json, function () { return counted(again, given); });
    return counted(this, arguments);
  };

  function json(text) {
    return new Response(text, { headers: { "Content-Type": "application/json" } });
  }

  /* Only Dash names what has changed; the short way itself does not. */
  function askedAlready(options) {
    if (!shared.sudahDitanya || !options || typeof options.body !== "string") return null;
    var body = JSON.parse(options.body);
    return body.changedPropIds && body.inputs ? shared.sudahDitanya(body) : null;
  }

  function counted(self, given) {
    shared.menunggu += 1;
    return plainFetch.apply(self, given).then(
      function (response) {
        shared.menunggu -= 1;
        return response.status === 401 ? leave() : response;
      },
      function (error) {
        shared.menunggu -= 1;
        throw error;
      }
    );
  }

  /* Answers that lie in the document: Dash's layout and wiring, the room, and the sections of the first view. */
  var ROOM = ".._pages_content.children..._pages_store.data..";
  var arrived = { pathname: location.pathname, search: location.search };
  var told = document.getElementById("emonev-awal");
  var start = told ? JSON.parse(told.textContent) : {};
  var given = {};

  function known(address, options) {
    var name = /\/(_dash-layout|_dash-dependencies)$/.exec(address);
    if (name) return shared.dash ? JSON.stringify(shared.dash[name[1]]) : null;
    if (address.indexOf("_dash-update-component") < 0 || !options || typeof options.body !== "string") return null;
    var body = JSON.parse(options.body);
    if (given[body.output] || !start.ruang || !atArrival(body.inputs)) return null;
    var place = body.output.replace(/\.children$/, "");
    var children = body.output === ROOM ? null : adoptable(place);
    if (children === undefined) return null;
    given[body.output] = children === null ? "kosong" : "isi";
    if (body.output === ROOM) return JSON.stringify(start.ruang);
    var response = {};
    response[place] = { children: children };
    return JSON.stringify({ multi: true, response: response });
  }

  function atArrival(inputs) {
    return inputs.every(function (wire) {
      return !(wire.property in arrived) || (wire.value || "") === arrived[wire.property];
    });
  }

  /* The root of a section as Dash would draw it, its inside to be handed over; undefined for what Dash must draw. */
  function adoptable(place) {
    var first = document.querySelector('#tampilan-awal [data-bagian="' + place + '"]');
    if (!first) return undefined;
    if (!first.childNodes.length) return null;
    var root = first.firstElementChild;
    if (first.childNodes.length !== 1 || !root || root.tagName !== "DIV") return undefined;
    var props = { children: null, "data-isi": shared.tandaAdopsi + place };
    for (var i = 0; i < root.attributes.length; i++) {
      var attribute = root.attributes[i];
      if (attribute.name !== "class" && attribute.name !== "id") return undefined;
      props[attribute.name === "class" ? "className" : "id"] = attribute.value;
    }
    return { props: props, type: "Div", namespace: "dash_html_components" };
  }

  function handOver(first, live) {
    live.querySelectorAll("[data-isi]").forEach(function (element) {
      var text = element.getAttribute("data-isi");
      if (text.indexOf(shared.tandaAdopsi) !== 0) return;
      var place = text.slice(shared.tandaAdopsi.length);
      var root = first.querySelector('[data-bagian="' + place + '"] > *');
      shared.adopsi[place] = Array.prototype.slice.call(root.childNodes);
      shared.isi(element);
    });
  }

  function drawn(live) {
    var content = live.querySelector("#_pages_content");
    if (!content || !content.firstElementChild) return false;
    var places = content.querySelectorAll("[data-bagian]");
    for (var i = 0; i < places.length; i++) {
      if (!places[i].firstElementChild && given[places[i].id + ".children"] !== "kosong") return false;
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
      handOver(first, live);
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
