/* The ballot page. Written for old phones (no modules, no fetch), and to leave nothing behind: no storage, no address with a code.

   The code lives in one variable until its ballot is answered. It goes into the body of one POST; before that the page asks for a
   one-time number, so it is also known that there is a line. Nothing is queued: without a line the page says so. */
(function () {
  "use strict";
  var form = document.getElementById("ballot");
  var words = document.getElementById("page-words");
  var field = document.getElementById("code");
  var ref = form.getAttribute("data-ref");
  var alphabet = form.getAttribute("data-alphabet");
  var lines = list("[data-line]");
  var PATIENCE = 15000, BACK_AFTER = 8000, TRIES = 6, LENGTH = 9;
  var code = "", step = "code", sending = false, timer = 0, turn = 0;

  function list(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }
  function word(name) { return words.getAttribute("data-" + name); }
  function say(where, text) { form.querySelector("[data-no=" + where + "]").textContent = text || ""; }

  function show(name) {
    step = name;
    clearTimeout(timer);
    list("[data-step]").forEach(function (each) { each.hidden = each.getAttribute("data-step") !== name; });
    window.scrollTo(0, 0);
    if (name === "code") field.focus();
    else form.querySelector("[data-step=" + name + "] h1").focus();
  }

  /* As app/review/ballot/codes.py reads it: the last character makes the weighted sum a multiple of the alphabet's length. */
  function read(typed) {
    var plain = typed.replace(/[\uff01-\uff5e]/g, function (wide) { return String.fromCharCode(wide.charCodeAt(0) - 0xfee0); });
    var address = /\/ballot\/([^#\/\s]*)#/i.exec(plain);
    if (address && address[1].toLowerCase() !== ref) return { sentence: word("other") };
    var bare = plain.slice(plain.lastIndexOf("#") + 1).toUpperCase().replace(/[\s._·-]/g, "");
    bare = bare.replace(/Z/g, "2").replace(/S/g, "5").replace(/B/g, "8").replace(/G/g, "6");
    var sum = 0;
    for (var place = 0; place < bare.length; place++) {
      var value = alphabet.indexOf(bare.charAt(place));
      if (value < 0) return { sentence: word("mistyped") };
      sum += (place === LENGTH - 1 ? 1 : place + 2) * value;
    }
    if (bare.length !== LENGTH || sum % alphabet.length) return { sentence: word("mistyped") };
    return { code: bare };
  }

  function choice(line) { return line.querySelector("input:checked"); }

  function count() {
    var filled = lines.filter(choice).length;
    form.querySelector("[data-filled]").textContent = word("filled").replace("{n}", filled).replace("{all}", lines.length);
  }

  /* Everything that a person put in is taken out again. */
  function wipe() {
    turn += 1;
    code = "";
    sending = false;
    form.reset();
    list("input[type=radio]").forEach(function (each) { each.checked = false; });
    form.querySelector("[data-summary]").textContent = "";
    ["code", "sheet", "confirm"].forEach(function (where) { say(where); });
    buttons();
    count();
    lines.forEach(function (line) { line.classList.remove("open"); });
  }

  function start(typed) {
    var found = read(typed);
    field.value = "";
    say("code", found.sentence);
    if (!found.code) {
      show("code");
      field.value = typed.slice(-40);
      field.select();  // the next scan or the next key takes its place
      return;
    }
    code = found.code;
    show("sheet");
  }

  function check() {
    var missing = lines.filter(function (line) { return !choice(line); });
    lines.forEach(function (line) { line.classList.toggle("open", missing.indexOf(line) >= 0); });
    if (missing.length) {
      say("sheet", word("missing").replace("{name}", missing[0].getAttribute("data-name")));
      missing[0].scrollIntoView();
      choiceOf(missing[0]).focus();
      return;
    }
    say("sheet");
    var summary = form.querySelector("[data-summary]");
    summary.textContent = "";
    lines.forEach(function (line) {
      var row = document.createElement("div"), name = document.createElement("dt"), grade = document.createElement("dd");
      name.textContent = line.getAttribute("data-name");
      grade.textContent = choice(line).parentNode.textContent;
      row.appendChild(name);
      row.appendChild(grade);
      summary.appendChild(row);
    });
    show("confirm");
  }

  function choiceOf(line) { return line.querySelector("input"); }

  function buttons() {
    var send = form.querySelector("[data-send]");
    send.disabled = sending;
    send.textContent = word(sending ? "sending" : "vote");
    form.querySelector("[data-back]").disabled = sending;
  }

  /* `answered` gets the status (0: no answer came) and what the server said. */
  function ask(method, path, body, answered) {
    var request = new XMLHttpRequest();
    request.open(method, "/ballot/" + ref + "/" + path);
    request.timeout = PATIENCE;
    request.onload = function () {
      var said = null;
      try { said = JSON.parse(request.responseText); } catch (_no) { said = null; }
      answered(said ? request.status : 0, said);
    };
    request.onerror = request.ontimeout = request.onabort = function () { answered(0, null); };
    if (body) request.setRequestHeader("Content-Type", "application/json");
    request.send(body ? JSON.stringify(body) : null);
  }

  function stop(sentence) {
    sending = false;
    buttons();
    say("confirm", sentence);
  }

  function send(tries) {
    var mine = turn;
    sending = true;
    buttons();
    ask("GET", "number", null, function (status, said) {
      if (mine !== turn) return;
      if (status !== 200) { stop(said ? said.sentence : word("offline")); return; }
      if (said.wait > 0) say("confirm", word("patience").replace("{n}", Math.ceil(said.wait)));
      timer = setTimeout(function () { put(said.number, tries, mine); }, said.wait * 1000);
    });
  }

  function put(number, tries, mine) {
    var choices = {};
    lines.forEach(function (line) { choices[line.getAttribute("data-line")] = Number(choice(line).value); });
    ask("POST", "cast", { number: number, code: code, choices: choices }, function (status, said) {
      if (mine !== turn) return;
      if (status === 409 && tries > 1) { timer = setTimeout(function () { send(tries - 1); }, 300); return; }
      if (status !== 200) {
        stop(said ? said.sentence : word("offline"));
        if (said && (said.code === "ballot_unknown" || said.code === "ballot_elsewhere")) retype(said.sentence);
        return;
      }
      wipe();
      form.querySelector("[data-done]").textContent = said.sentence;
      show("done");
      timer = setTimeout(function () { show("code"); }, BACK_AFTER);
    });
  }

  /* A code that no slip bears: the choices go too, the slip may have been somebody else's. */
  function retype(sentence) {
    wipe();
    show("code");
    say("code", sentence);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (step === "code") start(field.value);
    else if (step === "sheet") check();
    else if (step === "confirm" && !sending) { say("confirm"); send(TRIES); }
    else if (step === "done") show("code");
  });
  form.addEventListener("change", function (event) {
    if (event.target.type !== "radio") return;
    event.target.closest("[data-line]").classList.remove("open");
    say("sheet");
    count();
  });
  form.querySelector("[data-back]").addEventListener("click", function () { show("sheet"); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { wipe(); show("code"); } });
  window.addEventListener("pagehide", wipe);
  window.addEventListener("hashchange", opened);

  /* The slip's address carries the code behind the #: it is taken out of the address, and so out of the browser's history. */
  function opened() {
    var hash = location.hash.slice(1);
    if (!hash) return;
    history.replaceState(null, "", location.pathname);
    wipe();
    start(hash);
  }

  wipe();
  show("code");
  opened();
})();
