// SPARQL in the browser: Oxigraph in a worker, so that a long query can be stopped; nothing leaves the machine.
(function () {
  "use strict";
  var form = document.getElementById("ask");
  var texts = JSON.parse(form.dataset.texts);
  var examples = JSON.parse(document.getElementById("examples").textContent);
  var choice = document.getElementById("example");
  var area = document.getElementById("query");
  var run = document.getElementById("run");
  var stop = document.getElementById("stop");
  var csv = document.getElementById("csv");
  var status = document.getElementById("status");
  var answer = document.getElementById("answer");
  var editor = null;
  var worker = null;
  var MOST = 1000;

  var groups = {};
  examples.forEach(function (example, at) {
    var group = groups[example.group];
    if (!group) {
      group = groups[example.group] = document.createElement("optgroup");
      group.label = example.group;
      choice.appendChild(group);
    }
    var option = document.createElement("option");
    option.value = at;
    option.textContent = example.title;
    group.appendChild(option);
  });

  if (window.Yasqe) {
    var box = document.getElementById("editor");
    var text = area.value;
    area.hidden = true;
    // What it would complete names from stands on other hosts; only variables are completed.
    window.Yasqe.defaults.autocompleters = ["variables"];
    editor = new window.Yasqe(box, {
      value: text, persistenceId: null, createShareableLink: null, showQueryButton: false, resizeable: false, lineWrapping: true,
      requestConfig: { endpoint: location.href }, extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask }
    });
    editor.setSize("100%", "22rem");
    editor.getInputField().setAttribute("aria-label", texts.editor);
    box.querySelectorAll(".CodeMirror-scroll").forEach(function (one) {
      one.tabIndex = 0;
      one.setAttribute("role", "group");
      one.setAttribute("aria-label", texts.editor);
    });
  }

  function get() { return editor ? editor.getValue() : area.value; }
  function set(text) { if (editor) editor.setValue(text); else area.value = text; }
  choice.addEventListener("change", function () { set(examples[choice.value].sparql); });

  function script(src) {
    return new Promise(function (done, fail) {
      var one = document.createElement("script");
      one.src = src;
      one.onload = done;
      one.onerror = function () { fail(new Error(src)); };
      document.body.appendChild(one);
    });
  }

  // A term stands without the characters that it shares with the one before, behind their number.
  function lengthened(short) {
    var terms = [];
    var before = "";
    var shared = 0;
    short.forEach(function (one) {
      if (typeof one === "number") { shared = one; return; }
      before = before.slice(0, shared) + one;
      terms.push(before);
      shared = 0;
    });
    return terms;
  }

  // A string has a greatest length, and a large graph is longer: its statements are handed over in pieces.
  function pieces(graph, give) {
    var lines = [];
    var terms = lengthened(graph.terms);
    graph.links.forEach(function (list) {
      var subject = 0;
      for (var at = 1; at < list.length; at += 2) {
        subject += list[at];
        lines.push(terms[subject] + " " + terms[list[0]] + " " + terms[list[at + 1]] + " .");
        if (lines.length === 200000) { give(lines.join("\n")); lines = []; }
      }
    });
    give(lines.join("\n"));
  }

  var WORK = function () {
    var store = null;
    self.onmessage = async function (event) {
      try {
        if (event.data.wasm) {
          await __wbg_init({ module_or_path: event.data.wasm });
          store = new Store();
          event.data.pieces.forEach(function (piece) { store.load(piece, { format: "application/n-triples" }); });
          self.postMessage({ ready: store.size });
          return;
        }
        var start = Date.now();
        var found = store.query(event.data.query, { results_format: "json" });
        self.postMessage({ found: found, took: Date.now() - start });
      } catch (error) {
        var graph = /does not match|results_format|CONSTRUCT|graph/i.test(String(error)) && /\b(CONSTRUCT|DESCRIBE)\b/i.test(event.data.query || "");
        try {
          if (graph) { self.postMessage({ triples: store.query(event.data.query, { results_format: "application/n-triples" }) }); return; }
        } catch (again) { error = again; }
        self.postMessage({ failed: String(error && error.message || error) });
      }
    };
  };

  async function engine() {
    if (worker) return worker;
    status.textContent = texts.loading;
    if (!window.kgEngine) await script("../assets/engine.js");
    if (!window.kgParts) await script("../data/graph.js");
    for (var part; (part = window.kgParts[0]); window.kgParts.shift()) await script("../data/" + part);
    var bytes = Uint8Array.from(atob(window.kgEngine.wasm), function (c) { return c.charCodeAt(0); });
    var source = window.kgEngine.source + "\n(" + WORK.toString() + ")();";
    var made = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    await new Promise(function (done, fail) {
      made.onmessage = function (event) { if (event.data.failed) fail(new Error(event.data.failed)); else done(); };
      made.onerror = function (event) { fail(new Error(event.message)); };
      var some = [];
      window.kgGraph.forEach(function (graph) { pieces(graph, function (piece) { some.push(piece); }); });
      made.postMessage({ wasm: bytes.buffer, pieces: some });
    });
    worker = made;
    return worker;
  }

  function cell(term) { return term === undefined ? "" : term.type === "bnode" ? "_:" + term.value : term.value; }

  function show(found) {
    var data = JSON.parse(found);
    if (data.boolean !== undefined) { status.textContent = data.boolean ? texts.yes : texts.no; return; }
    var names = data.head.vars;
    var rows = data.results.bindings;
    var table = document.createElement("table");
    var head = table.createTHead().insertRow();
    names.forEach(function (name) { var th = document.createElement("th"); th.scope = "col"; th.textContent = name; head.appendChild(th); });
    var body = table.createTBody();
    rows.slice(0, MOST).forEach(function (row) {
      var line = body.insertRow();
      names.forEach(function (name) {
        var bdi = document.createElement("bdi");
        bdi.textContent = cell(row[name]);
        var place = line.insertCell();
        if (/^[0-9-]{10}$/.test(bdi.textContent)) place.className = "day";
        place.appendChild(bdi);
      });
    });
    var wide = document.createElement("div");
    wide.className = "wide";
    wide.tabIndex = 0;
    wide.setAttribute("role", "region");
    wide.setAttribute("aria-label", texts.rows.replace("{count}", rows.length));
    wide.appendChild(table);
    answer.replaceChildren(wide);
    var quoted = function (text) { return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; };
    var lines = [names.map(quoted).join(",")].concat(rows.map(function (row) { return names.map(function (name) { return quoted(cell(row[name])); }).join(","); }));
    offer("\ufeff" + lines.join("\r\n") + "\r\n", "text/csv", "answer.csv", "CSV");
    status.textContent = texts.rows.replace("{count}", rows.length);
  }

  function offer(text, type, name, label) {
    csv.href = URL.createObjectURL(new Blob([text], { type: type }));
    csv.download = name;
    csv.textContent = label;
    csv.hidden = false;
  }

  async function ask() {
    answer.replaceChildren();
    csv.hidden = true;
    run.disabled = true;
    try {
      var made = await engine();
      status.textContent = texts.running;
      stop.hidden = false;
      var said = await new Promise(function (done) {
        made.onmessage = function (event) { done(event.data); };
        stop.onclick = function () { made.terminate(); worker = null; done({ stopped: true }); };
        made.postMessage({ query: get() });
      });
      if (said.stopped) status.textContent = texts.stopped;
      else if (said.failed) status.textContent = texts.failed + " " + said.failed;
      else if (said.triples !== undefined) {
        var pre = document.createElement("pre");
        pre.tabIndex = 0;
        pre.textContent = said.triples.slice(0, 200000);
        answer.replaceChildren(pre);
        offer(said.triples, "application/n-triples", "answer.nt", "N-Triples");
        status.textContent = "";
      } else show(said.found);
    } catch (error) {
      status.textContent = texts.failed + " " + error.message;
    }
    stop.hidden = true;
    run.disabled = false;
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
})();
