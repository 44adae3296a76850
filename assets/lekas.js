/* The short way of a soft link that stays on its page: its sections are asked for at the click, before Dash has found
   out that it should, and shown as they arrive. Dash asks a moment later and gets the same answers, so each travels
   once; assets/isi.js keeps what stands already. */
(function () {
  "use strict";
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var asked = {};
  var turn = 0;

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

  function ask(place, address, mine) {
    var output = place.id + ".children";
    var name = key(output, address.pathname, address.search);
    var options = { method: "POST", credentials: "same-origin", body: body(output, place.id, address) };
    options.headers = { Accept: "application/json", "Content-Type": "application/json" };
    asked[name] = window.fetch("/_dash-update-component", options).then(function (response) {
      if (response.status !== 200) throw new Error("lekas");
      return response.text();
    });
    asked[name].then(function (text) {
      if (mine === turn && place.isConnected) show(place, text);
    }, function () {});
    window.setTimeout(function () { delete asked[name]; }, 10000);
  }

  shared.lekas = function (link) {
    turn += 1;
    if (link.pathname !== location.pathname || link.search === location.search) return;
    var places = document.querySelectorAll("#_pages_content [data-bagian]");
    for (var i = 0; i < places.length; i++) ask(places[i], link, turn);
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
