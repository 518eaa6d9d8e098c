// Study: turns and grades cards in place. The same links and forms work without it.
import { canUndo, flush, post, takeBackSent, undo, waiting } from "./outbox.js";
import { firstGraded, replay, toLookAt } from "./session.js";
import { fill, part, read } from "./words.js";

const desk = read("[data-desk]");
const page = document.querySelector("[data-study]");
const card = part(page, "card");
const form = part(page, "grade");
const cards = new Map(desk.cards.map((one) => [one.id, one]));
// What the server knows of this session, then what is still on its way to it.
const reviews = [...desk.reviews, ...(desk.session_id ? waiting(desk.session_id) : [])];
let session = replay([...cards.keys()], reviews);
let shown = card.hasAttribute("data-shown");
let since = performance.now();

const current = () => cards.get(session.queue[0]);

// The sides are HTML that the server has made safe.
function write(root, one, answered) {
  part(root, "question").innerHTML = one.front;
  part(root, "answer").innerHTML = answered ? one.back : "";
  const explanation = part(root, "explanation");
  if (explanation) explanation.innerHTML = answered ? one.more : "";
  part(root, "quote").textContent = answered ? (one.quote ?? "") : "";
  part(root, "from").hidden = !one.quote;
  const passage = part(root, "passage");
  if (passage) {
    passage.hidden = !one.passage;
    passage.href = one.passage ?? "";
  }
}

function render() {
  const one = current();
  part(page, "turn").hidden = !one;
  part(page, "ending").hidden = Boolean(one);
  part(page, "progress").value = cards.size - session.queue.length;
  part(page, "left").textContent = fill(desk.words.left, { count: session.queue.length });
  for (const button of page.querySelectorAll("[data-undo]")) button.hidden = !canUndo() && reviews.length === 0;
  if (!one) return renderEnding();
  write(card, one, shown);
  card.toggleAttribute("data-shown", shown);
  part(card, "back").hidden = !shown;
  part(page, "show").hidden = shown;
  form.hidden = !shown;
  writeInHand(one);
}

// What can be done with the card in hand, and when each grade would bring it back. Of a card that was graded in this
// sitting that is not known any more.
function writeInHand(one) {
  const seen = reviews.some(([id]) => id === one.id);
  for (const place of form.querySelectorAll("[data-interval]")) {
    place.textContent = seen ? "" : (one.intervals[Number(place.dataset.interval)] ?? "");
  }
  const more = part(page, "more");
  more.hidden = !shown;
  if (!shown) more.open = false;
  for (const fields of [form.elements, part(page, "act").elements, part(page, "edit").elements]) {
    fields.card.value = one.id;
  }
  const edit = part(page, "edit").elements;
  for (const [name, text] of Object.entries({ cloze: one.cloze ?? "", question: one.question, answer: one.answer })) {
    edit[name].value = shown ? text : "";
    edit[name].disabled = (name === "cloze") === (one.cloze === null);
  }
  part(page, "cloze-side").hidden = one.cloze === null;
  part(page, "plain-sides").hidden = one.cloze !== null;
}

function renderEnding() {
  for (const count of page.querySelectorAll("[data-count]")) {
    count.textContent = firstGraded(session, Number(count.dataset.count));
  }
  const again = toLookAt(session);
  const list = part(page, "again-list");
  if (!list) return;
  list.replaceChildren(
    ...again.map((id) => {
      const line = part(page, "again-template").content.firstElementChild.cloneNode(true);
      write(line, cards.get(id), true);
      return line;
    }),
  );
  part(page, "again").hidden = again.length === 0;
  part(page, "all-known").hidden = again.length > 0;
}

function flip() {
  if (!current()) return;
  shown = !shown;
  render();
  (shown ? part(card, "back") : part(card, "question")).focus({ preventScroll: true });
}

function turn() {
  shown = false;
  since = performance.now();
  session = replay([...cards.keys()], reviews);
  render();
  const goal = current() ? part(card, "question") : part(page, "ending-heading");
  goal?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function grade(rating) {
  const one = current();
  if (!one || !shown) return;
  reviews.push([one.id, rating]);
  const sitting = desk.session_id ? { session_id: desk.session_id } : {};
  post(one.id, { rating, ...sitting, took_ms: Math.round(performance.now() - since) });
  turn();
}

async function takeBack() {
  if (reviews.length === 0) return;
  // What is on its way already is taken back where it is kept.
  if (!undo() && !(await takeBackSent(reviews.at(-1)[0]))) return;
  reviews.pop();
  turn();
}

part(page, "show").addEventListener("click", (event) => {
  event.preventDefault();
  flip();
});
card.addEventListener("click", () => {
  // A reader who marks words on the card does not want it turned.
  if (!shown && getSelection().isCollapsed) flip();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  grade(Number(event.submitter?.value));
});
for (const button of page.querySelectorAll("[data-undo]")) button.addEventListener("click", takeBack);

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, details")) return;
  if (event.key === " " && !event.target.closest("button, summary")) {
    event.preventDefault();
    flip();
  } else if (/^[1-4]$/.test(event.key)) {
    grade(Number(event.key));
  } else if (event.key === "u" || event.key === "U") {
    takeBack();
  } else if (shown && current() && (event.key === "w" || event.key === "b")) {
    part(page, event.key === "w" ? "wrong" : "bury").click();
  }
});

// A page that was hidden has sent what it held back: there is nothing left to undo.
document.addEventListener("visibilitychange", render);

const showConnection = () => {
  part(page, "offline").hidden = navigator.onLine;
};
addEventListener("online", showConnection);
addEventListener("offline", showConnection);

// A reload finds the same session again.
history.replaceState(null, "", desk.base);
page.querySelector("[data-undo-last]")?.remove();
part(page, "keys").hidden = false;
showConnection();
render();
flush();
