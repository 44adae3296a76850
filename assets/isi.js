/* Fills elements that carry their content as HTML text (data-isi, made by pages/parts/frozen.py, fully escaped there),
   when they appear and whenever that text changes. */
(function () {
  "use strict";

  function fill(element) {
    var text = element.getAttribute("data-isi");
    if (text === null || element.isiTerpasang === text) return;
    element.isiTerpasang = text;
    element.innerHTML = text;
  }

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
