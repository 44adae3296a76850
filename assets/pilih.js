/* Dragging a rectangle over the scatter leads to the address with its ranges, as the filter form would. A mouse or a pen
   drags; a finger scrolls as everywhere. Without this script, and by keyboard, the form and the links do the same. */
(function () {
  "use strict";
  var LEAST = 8;
  var drag = null;

  function range(text) {
    return text.split(" ").map(Number);
  }

  function held(value, low, high) {
    return Math.min(Math.max(value, low), high);
  }

  function at(event, place) {
    var box = place.getBoundingClientRect();
    return {
      x: held(event.clientX - box.left, 0, box.width),
      y: held(event.clientY - box.top, 0, box.height),
      width: box.width,
      height: box.height,
    };
  }

  /* A side of the rectangle that touches the edge of the plot is no limit: what is clipped there belongs to it. */
  function limits(from, to, size, ends, upwards) {
    var low = Math.min(from, to);
    var high = Math.max(from, to);
    var span = ends[1] - ends[0];
    var value = function (px) {
      return (ends[0] + (span * (upwards ? size - px : px)) / size).toFixed(1);
    };
    var first = low <= 2 ? null : value(low);
    var last = high >= size - 2 ? null : value(high);
    return upwards ? { min: last, maks: first } : { min: first, maks: last };
  }

  /* As in assets/tautan.js: before Dash has drawn the page, an address is simply opened. */
  function live() {
    if (document.documentElement.hasAttribute("data-siap")) return true;
    return document.getElementById("_pages_content") && !document.getElementById("tampilan-awal");
  }

  function go(place, start, end) {
    var words = place.dataset.bidang.split(" ");
    var query = new URLSearchParams(location.search);
    var found = [
      limits(start.x, end.x, end.width, range(place.dataset.x), false),
      limits(start.y, end.y, end.height, range(place.dataset.y), true),
    ];
    words.forEach(function (word, number) {
      ["min", "maks"].forEach(function (side) {
        var value = found[number][side];
        if (value === null) query.delete(word + "_" + side);
        else query.set(word + "_" + side, value);
      });
    });
    query.delete("hal");
    var target = location.pathname + "?" + query.toString();
    if (!live()) {
      location.assign(target);
      return;
    }
    if (window.emonev && window.emonev.tempat) window.emonev.tempat.simpan();
    history.pushState({}, "", target);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function draw(end) {
    var frame = drag.frame;
    frame.style.left = Math.min(drag.start.x, end.x) + "px";
    frame.style.top = Math.min(drag.start.y, end.y) + "px";
    frame.style.width = Math.abs(end.x - drag.start.x) + "px";
    frame.style.height = Math.abs(end.y - drag.start.y) + "px";
  }

  function far(end) {
    return Math.abs(end.x - drag.start.x) >= LEAST && Math.abs(end.y - drag.start.y) >= LEAST;
  }

  function stop() {
    if (drag && drag.frame) drag.frame.remove();
    drag = null;
  }

  /* The click that ends a drag over a mark or a name must not follow that link. */
  function swallow() {
    var eat = function (event) {
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("click", eat, { capture: true, once: true });
    window.setTimeout(function () { window.removeEventListener("click", eat, true); }, 0);
  }

  document.addEventListener("pointerdown", function (event) {
    var place = event.target.closest && event.target.closest("[data-bidang]");
    if (!place || event.button !== 0 || event.pointerType === "touch") return;
    drag = { place: place, start: at(event, place), pointer: event.pointerId, frame: null };
  });
  document.addEventListener("dragstart", function (event) {
    if (drag) event.preventDefault();
  });
  document.addEventListener("pointermove", function (event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    var end = at(event, drag.place);
    if (!drag.frame) {
      if (!far(end)) return;
      drag.frame = document.createElement("div");
      drag.frame.className = "pilih-bingkai";
      drag.place.appendChild(drag.frame);
      if (window.getSelection) window.getSelection().removeAllRanges();
    }
    event.preventDefault();
    draw(end);
  });
  document.addEventListener("pointerup", function (event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    var end = at(event, drag.place);
    var place = drag.place;
    var start = drag.start;
    var done = drag.frame && far(end);
    stop();
    if (!done) return;
    swallow();
    go(place, start, end);
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") stop();
  });
})();
