// The library: finds while one types, and sends files one by one with a bar for each.
import { fill, part, read } from "./words.js";

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
const waiting = [];
let busy = 0;
let came = 0;

function row(file) {
  const item = part(form, "upload-template").content.firstElementChild.cloneNode(true);
  part(item, "name").textContent = file.name;
  part(form, "uploads").append(item);
  return item;
}

function tell(item, sentence, kind) {
  const verdict = part(item, "verdict");
  verdict.textContent = kind === "good" ? `✓ ${sentence}` : sentence;
  verdict.className = kind ?? "";
}

function add(files) {
  for (const file of files) {
    const item = row(file);
    if (words.most && file.size > words.most) {
      part(item, "progress").hidden = true;
      tell(item, words.too_large, "bad");
      continue;
    }
    part(item, "retry").addEventListener("click", () => queue(file, item));
    queue(file, item);
  }
}

function queue(file, item) {
  part(item, "retry").hidden = true;
  part(item, "progress").hidden = false;
  part(item, "progress").value = 0;
  tell(item, "");
  waiting.push([file, item]);
  next();
}

function next() {
  // Two at a time: that is what the server reads of one student at once.
  while (busy < 2 && waiting.length) {
    busy += 1;
    send(...waiting.shift()).finally(() => {
      busy -= 1;
      if (!busy && !waiting.length && came) refresh();
      next();
    });
  }
}

function send(file, item) {
  const progress = part(item, "progress");
  const body = new FormData();
  const folder = form.elements.folder_id?.value;
  if (folder) body.append("folder_id", folder);
  body.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", "/api/upload");
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
    if (!lengthComputable) return;
    progress.value = loaded / total;
    tell(item, loaded < total ? fill(words.sending, { share: Math.floor((100 * loaded) / total) }) : words.reading);
  });
  return new Promise((resolve) => {
    const end = (sentence, kind, again) => {
      progress.hidden = true;
      tell(item, sentence, kind);
      part(item, "retry").hidden = !again;
      resolve();
    };
    request.addEventListener("load", () => {
      const told = parse(request.responseText);
      if (request.status < 300 && told.note) {
        came += 1;
        link(item, told.note.id);
        const sentence = request.status === 200 ? words.known : words.ready;
        return end([sentence, ...(told.warnings ?? [])].join(" "), "good");
      }
      if (request.status === 413) return end(words.too_large, "bad");
      const fault = told.fault ?? (request.status === 415 ? "unsupported" : "");
      end(words.faults[fault] ?? told.detail ?? words.failed, "bad", request.status === 429 || request.status >= 500);
    });
    request.addEventListener("error", () => end(words.lost, "bad", true));
    request.addEventListener("abort", () => end(words.lost, "bad", true));
    request.send(body);
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

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
    add([...form.elements.file.files]);
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
    add([...event.dataTransfer.files]);
  });
}
