// A note: the words of a passage are marked in the text, and an item's link goes there without leaving the page.
const page = document.querySelector("[data-note]");
const text = page.querySelector("[data-text]");
const blocks = [...text.querySelectorAll("[data-from]")];

/** Letters and digits only: signs of Markdown and breaks of lines do not keep words from being found. */
const plain = (words) => words.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The range of the words in the blocks, or null. */
function find(words, inside) {
  const wanted = plain(words);
  const places = [];
  let all = "";
  for (const block of inside) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".page-mark")) continue;
      for (let at = 0; at < node.data.length; at += 1) {
        const letters = plain(node.data[at]);
        for (const letter of letters) {
          all += letter;
          places.push([node, at]);
        }
      }
    }
  }
  const start = wanted ? all.indexOf(wanted) : -1;
  if (start < 0) return null;
  const range = document.createRange();
  const [last, end] = places[start + wanted.length - 1];
  range.setStart(...places[start]);
  range.setEnd(last, end + 1);
  return range;
}

function show(from, to, quote) {
  const inside = blocks.filter(({ dataset }) => Number(dataset.from) < to && from < Number(dataset.to));
  for (const block of text.querySelectorAll(".hit")) block.classList.remove("hit", "exact");
  text.querySelector("#passage")?.removeAttribute("id");
  const range = find(quote, inside);
  for (const block of inside) block.classList.add("hit");
  if (globalThis.Highlight && CSS.highlights) {
    if (range) CSS.highlights.set("passage", new Highlight(range));
    else CSS.highlights.delete("passage");
    if (range) for (const block of inside) block.classList.add("exact");
  }
  const [first] = inside;
  if (!first) return false;
  first.id = "passage";
  first.tabIndex = -1;
  return true;
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const link of page.querySelectorAll("[data-go]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { from, to, quote } = link.dataset;
    if (!show(Number(from), Number(to), quote)) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    const first = text.querySelector("#passage");
    first.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    first.focus({ preventScroll: true });
  });
}

const hits = blocks.filter((block) => block.classList.contains("hit"));
if (hits.length && page.dataset.quote) {
  show(Number(hits[0].dataset.from), Number(hits.at(-1).dataset.to), page.dataset.quote);
  text.querySelector("#passage").scrollIntoView({ block: "center" });
}
