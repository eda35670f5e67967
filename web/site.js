// Tables that sort and filter, and search. Without this every table and list still stands there to be read.
(function () {
  "use strict";
  var normal = function (text) { return text.normalize("NFKC").toLowerCase(); };

  function key(row, at) {
    var cell = row.cells[at];
    return (cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent).trim();
  }

  function sortable(table) {
    var heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (head, at) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(heads, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var body = table.tBodies[0];
        var rows = Array.prototype.slice.call(body.rows);
        var numeric = rows.every(function (row) { var k = key(row, at).replace(/,/g, ""); return k === "" || !isNaN(k); });
        rows.sort(function (one, other) {
          var a = key(one, at), b = key(other, at);
          if (a === "" || b === "") return (a === "") - (b === "");
          var way = numeric ? a.replace(/,/g, "") - b.replace(/,/g, "") : a.localeCompare(b, "zh");
          return down ? -way : way;
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  function filterable(table, number) {
    var label = document.createElement("label");
    var input = document.createElement("input");
    var line = document.createElement("p");
    line.className = "filter";
    input.type = "search";
    input.id = "filter-" + number;
    label.htmlFor = input.id;
    label.textContent = table.dataset.filter;
    line.append(label, input);
    table.parentElement.before(line);
    input.addEventListener("input", function () {
      var sought = normal(input.value.trim());
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = sought !== "" && normal(row.textContent).indexOf(sought) < 0;
      });
    });
  }

  // A chart as PNG, drawn with the reader's fonts. Its SVG comes as a script, because what is opened from a folder may
  // not read another file, and an image of one may not be drawn and saved.
  window.kgCharts = {};

  function save(button) {
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * 2;
      canvas.height = image.naturalHeight * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = button.dataset.name + ".png";
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      }, "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(window.kgCharts[button.dataset.name]);
  }

  document.querySelectorAll("button[data-chart]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      if (window.kgCharts[button.dataset.name]) { save(button); return; }
      var script = document.createElement("script");
      script.src = button.dataset.chart;
      script.onload = function () { save(button); };
      document.head.appendChild(script);
    });
  });

  document.querySelectorAll("table:not(.matrix)").forEach(function (table, number) {
    if (table.tBodies[0].rows.length > 1) sortable(table);
    if (table.dataset.filter) filterable(table, number);
  });

  // Search
  var form = document.getElementById("search");
  if (!form) return;
  var input = document.getElementById("sought");
  var status = document.getElementById("found");
  var lists = { names: document.getElementById("names"), quotes: document.getElementById("quotes") };
  var fetching = false;

  function item(text, sought, href, after) {
    var one = document.createElement("li");
    var link = document.createElement("a");
    link.href = href;
    var at = normal(text).indexOf(sought);
    if (at >= 0 && normal(text).length === text.length) {
      var strong = document.createElement("strong");
      strong.textContent = text.slice(at, at + sought.length);
      link.append(text.slice(0, at), strong, text.slice(at + sought.length));
    } else {
      link.textContent = text;
    }
    one.appendChild(link);
    if (after) {
      var small = document.createElement("small");
      small.textContent = " " + after;
      one.appendChild(small);
    }
    return one;
  }

  function fill(list, rows, sought, most) {
    list.replaceChildren.apply(list, rows.slice(0, most).map(function (row) { return item(row[0], sought, row[1], row[2]); }));
  }

  function search() {
    var sought = normal(input.value.trim());
    if (!sought) { lists.names.replaceChildren(); lists.quotes.replaceChildren(); status.textContent = ""; document.getElementById("quotes-heading").hidden = true; return; }
    if (!fetching) {
      fetching = true;
      var script = document.createElement("script");
      script.src = form.dataset.quotes;
      script.onload = search;
      document.body.appendChild(script);
    }
    var names = (window.kgNames || []).filter(function (one) { return normal(one[1]).indexOf(sought) >= 0; })
      .map(function (one) { return [one[1], one[2], ""]; });
    var quotes = (window.kgQuotes || []).filter(function (one) { return normal(one[0]).indexOf(sought) >= 0; })
      .map(function (one) { return [one[0], one[2], one[1]]; });
    fill(lists.names, names, sought, 60);
    fill(lists.quotes, quotes, sought, 100);
    document.getElementById("quotes-heading").hidden = !quotes.length;
    var count = names.length + quotes.length;
    status.textContent = !count ? form.dataset.none : (quotes.length > 100 || names.length > 60 ? form.dataset.more : form.dataset.some).replace("{count}", count);
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  input.addEventListener("input", search);
})();
