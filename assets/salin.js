/* Copy buttons (data-salin) and the button that shows a password (data-sandi), by delegation. Those that start hidden
   are useless without this script and appear with it. */
(function () {
  "use strict";

  function said(button, word) {
    if (button.dataset.salinDiam) return;
    var before = button.dataset.kata || button.textContent;
    button.dataset.kata = before;
    button.textContent = word;
    button.setAttribute("aria-live", "polite");
    setTimeout(function () { button.textContent = before; }, 2000);
  }

  function copy(button) {
    if (!navigator.clipboard) return said(button, "Pilih lalu salin");
    navigator.clipboard.writeText(button.dataset.salin).then(
      function () { said(button, "Tersalin"); },
      function () { said(button, "Pilih lalu salin"); }
    );
  }

  function show(button) {
    var field = document.getElementById(button.dataset.sandi);
    var hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? "Sembunyikan" : "Tampilkan";
    button.setAttribute("aria-pressed", String(hidden));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-salin], [data-sandi]");
    if (!button) return;
    if (button.dataset.sandi) show(button);
    else copy(button);
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-sandi][hidden], [data-salin][hidden]").forEach(function (button) { button.hidden = false; });
  });
})();
