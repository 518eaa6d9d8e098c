// The library: finds while one types, and sends files one by one with a bar for each.
import { uploads } from "./upload.js";
import { part, read } from "./words.js";

const page = document.querySelector("[data-library]");
const words = read("[data-words]");

// Search.
const search = part(page, "search");
const found = part(page, "found");
const status = part(page, "search-status");
let asked;
async function look() {
  asked?.abort();
  const query = search.elements.q.value.trim();
  const address = new URL("/library", location.href);
  if (query) address.searchParams.set("q", query);
  history.replaceState(null, "", address);
  found.hidden = !query;
  status.textContent = "";
  if (!query) return;
  if (!navigator.onLine) {
    status.textContent = words.offline;
    return;
  }
  asked = new AbortController();
  address.searchParams.set("part", "hits");
  status.textContent = words.searching;
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    // The server escaped every word in it.
    part(page, "hits").innerHTML = await answer.text();
    status.textContent = "";
  } catch (problem) {
    if (problem.name !== "AbortError") status.textContent = navigator.onLine ? words.failed : words.offline;
  }
}
let pause;
search.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(look, 200);
});
search.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  look();
});

// Files.
const form = part(page, "upload");
let came = 0;

const files =
  form &&
  uploads(form, words, {
    fields: () => ({ folder_id: form.elements.folder_id?.value }),
    came: (note, item) => {
      came += 1;
      link(item, note.id);
    },
    done: () => came && refresh(),
  });

function link(item, note) {
  const name = part(item, "name");
  const anchor = document.createElement("a");
  anchor.href = `/notes/${note}`;
  name.replaceWith(anchor);
  anchor.append(name);
}

/** The tree again, with the notes that came. */
async function refresh() {
  came = 0;
  const answer = await fetch("/library", { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = other.querySelector(".tree");
  if (fresh) page.querySelector(".tree").replaceWith(document.adoptNode(fresh));
}

if (form) {
  form.elements.file.addEventListener("change", () => {
    [...form.elements.file.files].forEach(files.add);
    form.elements.file.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  let inside = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    inside += 1;
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return;
    inside -= 1;
    if (inside <= 0) form.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    inside = 0;
    form.classList.remove("over");
    [...event.dataTransfer.files].forEach(files.add);
  });
}
