/* /unduhan: while a document is being made the list is looked at again now and then. It is left alone while somebody
   works in it with the keyboard, and while the page is not seen. Without this script the page reloads itself. */
(function () {
  "use strict";

  function list() { return document.getElementById("daftar-unduhan"); }

  function busy() { return document.hidden || list().contains(document.activeElement); }

  function put(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var fresh = page.getElementById("daftar-unduhan");
    if (!fresh) return location.reload();
    var title = page.querySelector("main h1"), old = document.querySelector("main h1");
    list().replaceWith(document.importNode(fresh, true));
    if (title && old && title.textContent !== old.textContent) {
      old.setAttribute("aria-live", "polite");
      old.textContent = title.textContent;
    }
  }

  function look() {
    var every = list() && list().dataset.segarkan;
    if (!every) return;
    setTimeout(function () {
      if (busy()) return look();
      fetch(location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : null; })
        .then(function (text) { if (text !== null && !busy()) put(text); look(); }, look);
    }, Number(every) * 1000);
  }

  document.addEventListener("DOMContentLoaded", look);
})();
