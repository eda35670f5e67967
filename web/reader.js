// Facts in their article: choosing a mark or a card shows all places of the fact. Without this the links still lead.
(function () {
  "use strict";
  var reader = document.querySelector(".reader");
  if (!reader) return;
  document.documentElement.classList.add("scripted");

  function choose(number, from) {
    reader.querySelectorAll(".chosen").forEach(function (one) { one.classList.remove("chosen"); });
    var card = document.getElementById("f" + number);
    if (!card) return;
    card.classList.add("chosen");
    var first = null;
    reader.querySelectorAll("mark").forEach(function (mark) {
      if (mark.dataset.facts.trim().split(" ").indexOf(number) >= 0) {
        mark.classList.add("chosen");
        first = first || mark;
      }
    });
    var other = from === "card" ? first : card;
    if (other) other.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  reader.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (link && reader.contains(link)) {
      var to = (link.getAttribute("href") || "").slice(1);
      if (/^f[0-9]+$/.test(to)) { event.preventDefault(); choose(to.slice(1), "mark"); document.getElementById(to).querySelector("a.number").focus({ preventScroll: true }); return; }
      if (link.classList.contains("number")) { event.preventDefault(); choose(link.closest(".card").dataset.fact, "card"); return; }
      return;
    }
    if (event.target.closest("summary")) return;
    var card = event.target.closest(".card");
    if (card) return choose(card.dataset.fact, "card");
    var mark = event.target.closest("mark");
    if (mark) choose(mark.dataset.facts.trim().split(" ")[0], "mark");
  });

  function arrive() {
    var found = /^#f([0-9]+)$/.exec(location.hash);
    if (found) choose(found[1], "mark");
    var place = /^#m([0-9]+)-/.exec(location.hash);
    if (place) choose(place[1], "card");
    var cards = reader.querySelectorAll(".card");
    if (!location.hash && cards.length === 1) choose(cards[0].dataset.fact, "card");
  }
  window.addEventListener("hashchange", arrive);
  arrive();
})();
