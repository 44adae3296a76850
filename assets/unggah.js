/* /unggah: dropping a file on its place, a size that is too large told at once, and how far sending has come. Without
   this script the same form works by itself. */
(function () {
  "use strict";

  var LARGEST = 5 * 1024 * 1024;
  var TRIES = 12;

  function say(form, words, done) {
    var line = form.querySelector("[data-kemajuan]");
    line.textContent = words;
    if (done === undefined) return;
    var bar = document.createElement("progress");
    bar.max = 1;
    if (done < 1) bar.value = done;
    bar.setAttribute("aria-label", words);
    line.appendChild(bar);
  }

  function tooLarge(form) {
    var file = form.querySelector("input[type=file]").files[0];
    if (!file || file.size <= LARGEST) return false;
    say(form, "Berkas ini " + (file.size / 1048576).toFixed(1).replace(".", ",") + " MB; paling besar 5 MB.");
    return true;
  }

  function send(form, tries) {
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Kemajuan", "ya");
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) return;
      var part = event.loaded / event.total;
      say(form, part < 1 ? "Mengirim berkas…" : "Memeriksa berkas…", part);
    };
    request.upload.onload = function () { say(form, "Memeriksa berkas…", 1); };
    request.onload = function () {
      // The page of a refusal has no address of its own: it is shown as the browser itself would have done.
      if (request.status === 201) return location.assign(request.getResponseHeader("Location"));
      // Many files at once: this browser keeps the file and asks again, so no thread of the server has to wait.
      var pause = Number(request.getResponseHeader("Retry-After"));
      if (request.status === 503 && pause > 0 && tries < TRIES) {
        say(form, "Banyak berkas sedang diperiksa. Menunggu giliran…", 1);
        return setTimeout(function () { send(form, tries + 1); }, pause * 1000 * (1 + Math.random()));
      }
      document.open();
      document.write(request.responseText);
      document.close();
    };
    request.onerror = function () {
      form.querySelector("[type=submit]").disabled = false;
      say(form, "Sambungan terputus. Periksa jaringan, lalu tekan Periksa berkas lagi.");
    };
    request.send(new FormData(form));
  }

  function begin(form) {
    var place = form.querySelector(".letak-berkas");
    var input = form.querySelector("input[type=file]");

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (tooLarge(form)) return;
      form.querySelector("[type=submit]").disabled = true;
      say(form, "Mengirim berkas…", 0);
      send(form, 0);
    });
    input.addEventListener("change", function () { say(form, ""); tooLarge(form); });

    ["dragover", "dragenter"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.add("di-atas"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function () { place.classList.remove("di-atas"); });
    });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
    window.addEventListener("pageshow", function () { form.querySelector("[type=submit]").disabled = false; });
  }

  function start() { document.querySelectorAll("form.unggah-berkas").forEach(begin); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
