/* Fills elements that carry their content as HTML text (data-isi, made by pages/parts/frozen.py, fully escaped there),
   when they appear and whenever that text changes. A text that begins with the sign of adoption stands for nodes of the
   first view, which assets/ambil-alih.js hands over as they are. */
(function () {
  "use strict";
  var shared = (window.emonev = window.emonev || { menunggu: 0 });
  var SIGN = (shared.tandaAdopsi = "\u0001adopsi:");
  var adopted = (shared.adopsi = {});

  /* Dash draws a new element where a section changes. What stands in the old one under the same text is taken along. */
  var standing = new Map();

  function keep(text, element) {
    standing.delete(text);
    standing.set(text, element);
    if (standing.size > 24) standing.delete(standing.keys().next().value);
  }

  function put(element, text) {
    var old = standing.get(text);
    element.isiTerpasang = text;
    if (old && old !== element && !old.isConnected && old.isiTerpasang === text) {
      element.replaceChildren.apply(element, Array.prototype.slice.call(old.childNodes));
      old.isiTerpasang = null;
    } else {
      element.innerHTML = text;
    }
    keep(text, element);
  }
  shared.pasang = put;

  function fill(element) {
    var text = element.getAttribute("data-isi");
    if (text === null || element.isiTerpasang === text) return;
    if (text.indexOf(SIGN) === 0) {
      var nodes = adopted[text.slice(SIGN.length)];
      if (!nodes) return;
      element.isiTerpasang = text;
      element.replaceChildren.apply(element, nodes);
      return;
    }
    put(element, text);
  }
  shared.isi = fill;

  function look(node) {
    if (node.nodeType !== 1) return;
    if (node.hasAttribute("data-isi")) fill(node);
    else node.querySelectorAll("[data-isi]").forEach(fill);
  }

  function start() {
    look(document.body);
    new MutationObserver(function (changes) {
      changes.forEach(function (change) {
        if (change.type === "attributes") fill(change.target);
        else change.addedNodes.forEach(look);
      });
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-isi"] });
  }
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
