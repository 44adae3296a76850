/* /analisis: the form filters as one changes it, the grid fetches its rows by the address, the keyboard reaches all.
   Without this script the form, the links and the table do the same. */
(function () {
  "use strict";
  var FORM = "saring-analisis";
  var GRID = "kisi-baris";
  var ROWS = "/analisis/baris?";
  var WIDE = window.matchMedia("(min-width: 1000px)");
  var PASSING = ["pilih", "hal", "kolom", "kabar"];
  var SPARE = ["kode", "garis", "sejak"];
  var LONGEST_OPEN = 1100;
  var PANEL_WAIT = 3000;
  var api = null;
  var shown = null;
  var opened = null;
  var from = null;
  var typing = null;
  var own = null;

  function here() { return location.pathname === "/analisis"; }
  function query() { return new URLSearchParams(location.search); }

  /* The part of the address that decides which rows the grid has. */
  function signature() {
    var words = query();
    PASSING.forEach(function (name) { words.delete(name); });
    return words.toString();
  }

  /* Go to an address of this page without loading it anew. */
  function go(words, replace) {
    var text = words.toString();
    var url = "/analisis" + (text ? "?" + text : "");
    if (url === location.pathname + location.search) return;
    history[replace ? "replaceState" : "pushState"](replace ? history.state : {}, "", url);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    follow();
  }

  /* --- the form --- */

  function changed(event) {
    var form = event.target.form;
    if (!form || form.id !== FORM || !event.target.name) return;
    if (event.type === "input" && event.target.type !== "search") return;
    window.clearTimeout(typing);
    var apply = function () { send(form, event.type === "input", event.target.name === "tahun"); };
    if (event.type === "input") typing = window.setTimeout(apply, 250);
    else apply();
  }

  function send(form, replace, reload) {
    if (!form.reportValidity()) return;
    if (reload) within(form);
    var words = query();
    var values = {};
    new FormData(form).forEach(function (value, name) {
      var text = String(value).trim();
      values[name] = values[name] && text ? values[name] + "," + text : text || values[name] || "";
    });
    Object.keys(values).forEach(function (name) {
      if (values[name]) words.set(name, values[name]);
      else words.delete(name);
    });
    words.delete("hal");
    words.delete("kabar");
    words.delete("buka");
    if (reload) location.assign("/analisis?" + words);
    else go(words, replace);
  }

  /* A year with fewer triwulan than the one that stands: its last one. */
  function within(form) {
    var last = form.elements.tahun.selectedOptions[0].dataset.tw;
    if (Number(form.elements.tw.value) > Number(last)) {
      choice(form.elements.tw, last);
      form.elements.tw.value = last;
    }
  }

  /* Back, a chip, a link in the headings: the fields follow the address. */
  function fill() {
    var form = document.getElementById(FORM);
    if (!form) return;
    var words = query();
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field === document.activeElement) return;
      var value = words.get(field.name) || "";
      /* An address without a period means the latest, which the server has chosen in the form. */
      if (!value && (field.name === "tahun" || field.name === "tw")) return;
      if (field.tagName === "SELECT" && !choice(field, value)) return;
      if (field.value !== value) field.value = value;
    });
  }

  /* Several values chosen elsewhere (in a picture, say) become one choice of the list. */
  function choice(field, value) {
    if (Array.prototype.some.call(field.options, function (one) { return one.value === value; })) return true;
    var count = value.split(",").length;
    field.add(new Option(count > 1 ? count + " dipilih" : value, value));
    return true;
  }

  document.addEventListener("change", changed);
  document.addEventListener("input", changed);
  document.addEventListener("submit", function (event) {
    if (event.target.id !== FORM || !live()) return;
    event.preventDefault();
    send(event.target, false, false);
  });

  function live() { return document.documentElement.hasAttribute("data-siap"); }

  /* --- the grid --- */

  function source() {
    return {
      getRows: function (params) {
        var words = new URLSearchParams(signature());
        if (opened !== null) words.set("buka", opened);
        words.set("mulai", params.startRow);
        words.set("akhir", params.endRow);
        fetch(ROWS + words, { headers: { Accept: "application/json" } })
          .then(function (answer) {
            if (answer.status === 401 || answer.redirected) return window.emonev.berakhir();
            if (!answer.ok) throw new Error(String(answer.status));
            return answer.json();
          })
          .then(function (found) {
            if (params.startRow === 0) { columns(found.kolom); height(found.panjang); }
            params.successCallback(found.baris, found.panjang);
            if (!found.panjang) api.showNoRowsOverlay();
            else api.hideOverlay();
          })
          .catch(function () { params.failCallback(); });
      },
    };
  }

  /* Beside an open panel the columns that matter most stay in sight. */
  function columns(chosen) {
    columns.chosen = chosen;
    var narrow = query().get("pilih") && window.innerWidth < 1700;
    var wanted = chosen.filter(function (name) { return !narrow || SPARE.indexOf(name) < 0; });
    var key = wanted.join();
    if (columns.now === key) return;
    columns.now = key;
    api.applyColumnState({ state: api.getColumnState().map(function (one) {
      return { colId: one.colId, hide: wanted.indexOf(one.colId) < 0 };
    }) });
  }

  function height(count) {
    var box = document.getElementById(GRID);
    if (box) box.style.height = 56 + 44 * Math.max(3, Math.min(count, 14)) + "px";
  }

  /* The little arrow of the heading that the address names. */
  function mark() {
    var order = (query().get("urut") || "").replace("datar:", "");
    var name = order.replace("-", "");
    var found = api.getColumns().filter(function (one) {
      var about = one.getColDef().context;
      return about && about.urut === name && one.getColDef().sortable;
    })[0];
    api.applyColumnState({
      state: found ? [{ colId: found.getColId(), sort: order[0] === "-" ? "desc" : "asc" }] : [],
      defaultState: { sort: null },
    });
  }

  function sorted(event) {
    if (event.source !== "uiColumnSorted") return;
    var words = query();
    var flat = (words.get("urut") || "").indexOf("datar:") === 0 ? "datar:" : "";
    var state = api.getColumnState().filter(function (one) { return one.sort; })[0];
    var name = state && api.getColumn(state.colId).getColDef().context.urut;
    if (name) words.set("urut", flat + (state.sort === "desc" ? "-" : "") + name);
    else if (flat) words.set("urut", "datar:dampak");
    else words.delete("urut");
    words.delete("hal");
    go(words, false);
  }

  function toggle(row) {
    if (!row || !row.anak) return;
    var open = (opened === null ? query().get("buka") || "" : opened).split(",").filter(Boolean);
    var at = open.indexOf(row.kunci);
    if (at < 0) open.push(row.kunci);
    else open.splice(at, 1);
    opened = open.join(",");
    if (opened.length <= LONGEST_OPEN) {
      var words = query();
      if (opened) words.set("buka", opened);
      else words.delete("buka");
      history.replaceState(history.state, "", "/analisis" + (words.toString() ? "?" + words : ""));
      shown = signature();
    }
    api.refreshInfiniteCache();
  }

  function choose(event) {
    var row = event.data;
    if (!row) return;
    var words = query();
    words.set("pilih", row.kunci);
    words.delete("kabar");
    from = { index: event.rowIndex, column: event.column.getColId() };
    go(words, false);
    if (event.type === "cellKeyDown") toPanel();
  }

  /* The heading of the panel takes the focus as soon as it is drawn; "Tutup" and Escape give it back. */
  function toPanel() {
    var began = Date.now();
    var wait = window.setInterval(function () {
      var title = document.querySelector("#analisis-panel .panel h2");
      var drawn = title && title.closest(".panel");
      if (drawn && !window.emonev.menunggu) { title.focus(); window.clearInterval(wait); }
      else if (Date.now() - began > PANEL_WAIT) window.clearInterval(wait);
    }, 30);
  }

  function toGrid() {
    if (!api || !from || !WIDE.matches) return;
    api.ensureIndexVisible(from.index);
    api.setFocusedCell(from.index, from.column);
  }

  document.addEventListener("keydown", function (event) {
    var panel = document.querySelector("#analisis-panel .panel");
    if (event.key !== "Escape" || !panel || !panel.contains(document.activeElement)) return;
    panel.querySelector(".panel-tutup").click();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest(".panel-tutup")) window.setTimeout(toGrid, 60);
  });

  function pressed(event) {
    var key = event.event && event.event.key;
    if (key === " ") { event.event.preventDefault(); toggle(event.data); }
    if (key === "Enter") choose(event);
  }

  function clicked(event) {
    var target = event.event && event.event.target;
    if (target && target.closest && target.closest(".panah")) toggle(event.data);
    else choose(event);
  }

  function ready(found) {
    api = found;
    api.addEventListener("cellClicked", clicked);
    api.addEventListener("cellKeyDown", pressed);
    api.addEventListener("sortChanged", sorted);
    mark();
    ask();
    keep(Date.now());
  }

  /* Ask for the rows of this address. */
  function ask() {
    shown = signature();
    own = source();
    api.setGridOption("datasource", own);
  }

  /* Dash's component gives the grid a source of its own once it is ready, which may be after us. */
  function keep(began) {
    if (!api || api.isDestroyed()) return;
    if (api.getGridOption("datasource") !== own) api.setGridOption("datasource", own);
    if (Date.now() - began < 3000) window.setTimeout(function () { keep(began); }, 60);
  }

  /* The address has changed: the fields, the heading's arrow, the rows, the chosen line. */
  function follow() {
    if (!here()) return;
    fill();
    if (!api) return;
    if (signature() !== shown) {
      opened = null;
      mark();
      ask();
    }
    if (columns.chosen) columns(columns.chosen);
    api.redrawRows();
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("_dashprivate_pushstate", function () { window.setTimeout(follow, 0); });

  function start() {
    if (!here() || !document.getElementById(GRID) || !window.dash_ag_grid) return;
    if (api && !api.isDestroyed()) return;
    api = null;
    window.dash_ag_grid.getApiAsync(GRID).then(ready);
  }
  var watch = new MutationObserver(function () {
    if (here() && document.querySelector("#tampilan-hidup #" + GRID) && !start.begun) { start.begun = true; start(); }
    if (!document.getElementById(GRID)) start.begun = false;
  });
  function begin() { watch.observe(document.body, { childList: true, subtree: true }); }
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);

  /* --- its cells --- */

  function el() { return window.React.createElement.apply(null, arguments); }
  function mute(more) { return Object.assign({ "aria-hidden": "true" }, more); }

  var SHAPES = {
    tercapai: "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    perhatian: "M8 2L14.7 13.4H1.3z",
    di_bawah: "M2.6 2.6h10.8v10.8h-10.8z",
    belum_lapor: "M3.1 8a4.9 4.9 0 1 0 9.8 0a4.9 4.9 0 1 0 -9.8 0z",
    tanpa_target: "M8 2L14 8L8 14L2 8z",
    nihil: "M3.1 8a4.9 4.9 0 1 0 9.8 0a4.9 4.9 0 1 0 -9.8 0zM2.6 13.4L13.4 2.6",
  };
  function css(status) { return "s-" + status.replace("_", "-"); }
  function shape(status, size) {
    return el("svg", mute({ className: "ikon", width: size, height: size, viewBox: "0 0 16 16" }),
      el("path", { d: SHAPES[status], className: css(status) }));
  }

  function name(props) {
    var row = props.data;
    if (!row) return el("span", { className: "memuat" }, "…");
    var arrow = el("span", mute({ className: row.anak ? "panah" + (row.buka ? " terbuka" : "") : "panah-kosong" }));
    var says = row.anak ? el("span", { className: "hanya-dengar" }, row.buka ? " (terbuka)" : " (tertutup)") : null;
    return el("span", { className: "simpul dalam-" + row.dalam, title: row.nama }, arrow, el("span", null, row.nama, says));
  }

  function bar(props) {
    var row = props.data;
    if (!row) return null;
    var inside = row.bar === null
      ? [el("rect", { key: 0, x: 0.5, y: 2.5, width: "99%", height: 11, className: "pita-kosong" })]
      : [
          el("rect", { key: 0, x: 0, y: 2, width: "100%", height: 12, className: "pita-3" }),
          el("rect", { key: 1, x: 0, y: 5, width: row.bar + "%", height: 6, className: css(row.st) }),
          el("line", { key: 2, x1: "83.33%", x2: "83.33%", y1: 0, y2: 16, className: "garis-target" }),
        ];
    var over = row.lewat ? el("small", null, row.lewat) : null;
    return el("span", { className: "batang-sel" },
      el("svg", { className: "batang", width: "100%", height: 16, role: "img", "aria-label": row.nilai }, inside), over);
  }

  function spark(props) {
    var row = props.data;
    if (!row || !row.jalur) return null;
    return el("svg", mute({ className: "lintas", width: 92, height: 36, viewBox: "0 0 92 36" }),
      el("path", { d: "M0 " + row.nol + "H92", className: "garis-nol" }),
      el("path", { d: row.jalur, className: "garis-lintas" }),
      el("svg", { x: row.tepi - 5, y: row.ujung - 5, width: 10, height: 10, viewBox: "0 0 16 16" },
        el("path", { d: SHAPES[row.st], className: css(row.st) })));
  }

  function status(props) {
    var row = props.data;
    return row ? el("span", { className: "status" }, shape(row.st, 14), row.status) : null;
  }

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, {
    AnalisisNama: name,
    AnalisisBatang: bar,
    AnalisisGaris: spark,
    AnalisisStatus: status,
  });
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    analisisTerpilih: function (params) { return !!params.data && params.data.kunci === query().get("pilih"); },
    analisisJalur: function (params) { return !!params.data && !params.data.cocok; },
  });
})();
