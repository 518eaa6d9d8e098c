// A quiz: one question at a time or all of them, checked in place. Without it the answers unfold by themselves.
import { fill, part, read } from "./words.js";

const page = document.querySelector("[data-quiz]");
const words = read("[data-words]");
const questions = [...page.querySelectorAll("[data-questions] > li")].map((root) => ({
  root,
  form: part(root, "answer-form"),
  points: Number(root.dataset.points),
  accepted: JSON.parse(root.dataset.accepted),
  // null while it is open, then whether it was right.
  right: null,
}));
let round = questions;
let at = 0;
let single = true;

/** Words without what does not matter: case, accents of writing, punctuation, a leading article. */
const plain = (text) =>
  text
    .normalize("NFKC")
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}%+\-./ ]/gu, " ")
    .replace(/[.\s]+$/u, "")
    .replace(/^(the|an?|der|die|das|ein|eine|el|la|los|las|le|les|l|un|une)\s+/u, "")
    .replace(/\s+/g, " ")
    .trim();

const kindOf = (question) => question.form.querySelector("[type=radio]") ? "choice" : "words";

function say(question, word, style) {
  const mark = part(question.root, "mark");
  mark.textContent = words[word] ?? "";
  mark.className = `mark-line ${style}`;
}

function check(question) {
  if (question.right !== null) return;
  if (kindOf(question) === "choice") {
    const chosen = question.form.querySelector(":checked");
    if (!chosen) return say(question, "choose", "warn");
    return settle(question, chosen.hasAttribute("data-right"));
  }
  const typed = plain(question.form.elements.answer.value);
  if (!typed) return say(question, "choose", "warn");
  if (question.accepted.some((answer) => plain(answer) === typed)) return settle(question, true);
  // Other words may say the same: only the student can tell.
  part(question.root, "answer").open = true;
  part(question.root, "act").hidden = true;
  part(question.root, "appeal").hidden = false;
  say(question, "compare", "warn");
}

function settle(question, right) {
  question.right = right;
  say(question, right ? "right" : "wrong", right ? "good" : "bad");
  question.root.classList.add("checked");
  for (const input of question.form.querySelectorAll("input")) {
    if (input.type === "radio") input.disabled = true;
    else input.readOnly = true;
    input.closest(".option")?.classList.toggle("right", input.hasAttribute("data-right"));
    input.closest(".option")?.classList.toggle("chosen-wrong", input.checked && !input.hasAttribute("data-right"));
  }
  part(question.root, "answer").open = true;
  part(question.root, "appeal").hidden = true;
  part(question.root, "act").hidden = !single;
  part(question.root, "check").hidden = true;
  part(question.root, "next").hidden = !single;
  if (single) part(question.root, "next").focus({ preventScroll: true });
  if (!single && round.every((one) => one.right !== null)) ending();
  place();
}

function place() {
  const done = round.filter((question) => question.right !== null).length;
  part(page, "place").textContent = single && at < round.length ? `${at + 1} / ${round.length}` : `${done} / ${round.length}`;
}

function render() {
  const over = at >= round.length;
  questions.forEach((question) => {
    question.root.hidden = !round.includes(question) || (single && round[at] !== question);
    const open = question.right === null;
    const appealing = !part(question.root, "appeal").hidden;
    part(question.root, "act").hidden = appealing || (!open && !single);
    part(question.root, "check").hidden = !open;
    part(question.root, "next").hidden = open || !single;
  });
  part(page, "score").hidden = !(single ? over : round.every((question) => question.right !== null));
  part(page, "mode").textContent = single ? words.all : words.one;
  place();
}

function next() {
  at += 1;
  if (at >= round.length) return ending();
  render();
  part(round[at].root, "heading").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function ending() {
  at = round.length;
  render();
  const sum = (list) => list.reduce((total, question) => total + question.points, 0);
  const got = sum(round.filter((question) => question.right));
  const total = sum(round);
  part(page, "score-line").textContent = fill(words.score, { got, total });
  const bar = part(page, "score-bar");
  bar.max = total;
  bar.value = got;
  part(page, "again").hidden = got === total;
  part(page, "score-line").focus({ preventScroll: true });
  part(page, "score").scrollIntoView({ block: "nearest" });
}

function begin(chosen) {
  round = chosen;
  at = 0;
  for (const question of chosen) {
    question.right = null;
    question.form.reset();
    question.root.classList.remove("checked");
    for (const input of question.form.querySelectorAll("input")) {
      input.disabled = false;
      input.readOnly = false;
      input.closest(".option")?.classList.remove("right", "chosen-wrong");
    }
    part(question.root, "answer").open = false;
    part(question.root, "appeal").hidden = true;
    say(question, "", "");
  }
  render();
  scrollTo(0, 0);
}

for (const question of questions) {
  question.form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(question);
  });
  part(question.root, "next").addEventListener("click", next);
  part(question.root, "had").addEventListener("click", () => settle(question, true));
  part(question.root, "missed").addEventListener("click", () => settle(question, false));
  // While it is being answered the answer is not a click away.
  part(question.root, "answer").classList.add("until-checked");
}
part(page, "mode").addEventListener("click", () => {
  single = !single;
  const open = round.findIndex((question) => question.right === null);
  at = open < 0 ? round.length : open;
  render();
});
part(page, "again").addEventListener("click", () => begin(round.filter((question) => !question.right)));
part(page, "restart").addEventListener("click", () => begin(questions));
part(page, "tools").hidden = false;
begin(questions);
