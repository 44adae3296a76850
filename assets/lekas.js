/* The short way of a soft link that stays on its page: the sections that are on the screen are asked for at the click
   and shown together. Once they are there the others are asked for, to be shown when the reader sees the first ones;
   then Dash is told: its own work takes longer than all of that. Dash gets the same answers, so each travels once;
   assets/isi.js keeps what stands already. */
(function () {
  "use strict";
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var asked = {};
  var turn = 0;
  /* Dash is told at the latest after this, whatever is still on its way. */
  var LATEST = 1200;

  function key(output, pathname, search) {
    return [output, pathname, search].join(" ");
  }

  function body(output, place, address) {
    var wires = ["pathname", "search"].map(function (property) {
      return { id: "_pages_location", property: property, value: address[property] };
    });
    return JSON.stringify({ output: output, outputs: { id: place, property: "children" }, inputs: wires, state: [] });
  }

  /* Shown at once only where Dash will draw the same element: a frozen root in place of a frozen root. */
  function show(place, text) {
    var answer = JSON.parse(text).response;
    var children = answer && answer[place.id] && answer[place.id].children;
    var root = place.firstElementChild;
    var inside = children && children.props && children.props["data-isi"];
    if (!inside || !root || !root.hasAttribute("data-isi") || children.type.toUpperCase() !== root.tagName) return;
    shared.pasang(root, inside);
  }

  /* Asks for one section and shows it, not before ``turnedTo`` is fulfilled. */
  function ask(place, address, mine, turnedTo) {
    var output = place.id + ".children";
    var name = key(output, address.pathname, address.search);
    var options = { method: "POST", credentials: "same-origin", body: body(output, place.id, address) };
    options.headers = { Accept: "application/json", "Content-Type": "application/json" };
    asked[name] = window.fetch("/_dash-update-component", options).then(function (response) {
      if (response.status !== 200) throw new Error("lekas");
      return response.text();
    });
    window.setTimeout(function () { delete asked[name]; }, 10000);
    return Promise.all([asked[name], turnedTo]).then(function (both) {
      if (mine === turn && place.isConnected) show(place, both[0]);
    }, function () {});
  }

  /* Will the reader look at this place after the move? */
  function seen(place, link) {
    var target = link.hash && document.getElementById(link.hash.slice(1));
    if (target) return place.contains(target);
    var box = place.getBoundingClientRect();
    var top = link.dataset.lunak === "atas" ? box.top + window.scrollY : box.top;
    return top < window.innerHeight && top + box.height > 0;
  }

  function painted(then) {
    window.requestAnimationFrame(function () { window.setTimeout(then, 0); });
  }

  /* Asks for what ``link`` leads to and calls ``tell`` once, when Dash should hear of the move; false when there is
     nothing to wait for. */
  shared.lekas = function (link, tell) {
    turn += 1;
    if (link.pathname !== location.pathname || link.search === location.search) return false;
    var address = { pathname: link.pathname, search: link.search }, mine = turn, told = false, more = false;
    var places = Array.prototype.slice.call(document.querySelectorAll("#_pages_content [data-bagian]:not([data-tetap])"));
    var first = places.filter(function (place) { return seen(place, link); });
    var rest = places.filter(function (place) { return first.indexOf(place) < 0; });

    function askRest(seenFirst) {
      if (!more && mine === turn) rest.forEach(function (place) { ask(place, address, mine, seenFirst); });
      more = true;
    }
    function go() {
      if (told) return;
      told = true;
      askRest();
      tell();
    }
    Promise.all(first.map(function (place) { return ask(place, address, mine); })).then(function () {
      askRest(new Promise(painted));
      painted(go);
    });
    window.setTimeout(go, LATEST);
    return true;
  };

  /* Dash's own question, if it has been asked already: the promise of its text; once. */
  shared.sudahDitanya = function (body) {
    var said = {};
    body.inputs.forEach(function (wire) { said[wire.property] = wire.value || ""; });
    var name = key(body.output, said.pathname, said.search);
    var found = asked[name];
    delete asked[name];
    return found || null;
  };
})();
