// Today: files that are dropped or chosen go into the box as text; the words are counted; a form is sent once.
import { uploads } from "./upload.js";
import { fill, part, read } from "./words.js";

const form = document.querySelector("[data-make]");
const sheet = part(form, "drop");
const notes = form.elements.notes;
const said = part(form, "words");
const LARGEST = 20_000_000;

function countWords() {
  const text = notes.value.trim();
  // Segments also count words where none are set apart by spaces.
  const words = text.length > 200_000 ? text.split(/\s+/).length : countSegments(text);
  said.classList.remove("bad");
  said.textContent = text ? fill(said.dataset.pattern, { words: words.toLocaleString(document.documentElement.lang) }) : "";
}

function countSegments(text) {
  if (!text) return 0;
  if (!Intl.Segmenter) return text.split(/\s+/).length;
  let count = 0;
  for (const segment of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (segment.isWordLike) count += 1;
  }
  return count;
}

function complain(sentence) {
  said.classList.add("bad");
  said.textContent = sentence;
}

/** The text of a file: UTF-8, UTF-16 with a mark, else the old Western code page. Null when it is not text. */
async function textOf(file) {
  if (file.size > LARGEST) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return /\.(txt|md|markdown)$/i.test(file.name) ? new TextDecoder("windows-1252").decode(bytes) : null;
  }
}

/** A file of another kind is read on the server: it becomes a note of the library, and the form works from it. */
const others = uploads(form, read("[data-upload-words]"), {
  came: (note, item) => {
    const id = document.createElement("input");
    id.type = "hidden";
    id.name = "note_id";
    id.value = note.id;
    item.append(id);
  },
});

async function take(files) {
  for (const file of files) {
    const text = /\.(txt|md|markdown)$/i.test(file.name) ? await textOf(file) : null;
    if (text === null) {
      others.add(file);
    } else if (!text.trim()) {
      others.refuse(file.name, "empty");
    } else {
      notes.value = notes.value.trim() ? `${notes.value.trimEnd()}\n\n${text}` : text;
      if (!form.elements.title.value) form.elements.title.value = file.name.replace(/\.[^.]+$/, "");
    }
  }
  countWords();
  notes.focus();
}

form.elements.file.addEventListener("change", async () => {
  const files = [...form.elements.file.files];
  // The text is in the box now; the file itself is not sent again.
  form.elements.file.value = "";
  await take(files);
});

let inside = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  inside += 1;
  sheet.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  inside -= 1;
  if (inside <= 0) sheet.classList.remove("over");
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  inside = 0;
  sheet.classList.remove("over");
  take(event.dataTransfer.files);
});

let pause;
notes.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(countWords, 150);
});
countWords();

for (const radio of form.querySelectorAll("[name=count]")) {
  radio.addEventListener("change", () => radio.value === "other" && form.elements.count_other.focus());
}

const kind = () => form.elements.type.value;

// A sample is made into what is chosen here.
const samples = document.querySelector("[data-samples]");
samples?.addEventListener("submit", () => {
  const asked = kind() === "chat" ? "flashcard_generation" : kind();
  part(samples, "sample-type").value = asked;
});

const button = form.querySelector("[type=submit]");
const label = [...button.childNodes];
form.addEventListener("submit", (event) => {
  const stop = (sentence, field) => {
    event.preventDefault();
    complain(sentence);
    field.focus();
  };
  if (kind() === "chat" && !form.elements.question.value.trim()) {
    return stop(said.dataset.noQuestion, form.elements.question);
  }
  if (kind() !== "chat" && !notes.value.trim() && !form.querySelector("[name=note_id]")) return stop(said.dataset.empty, notes);
  if (!navigator.onLine) return stop(said.dataset.offline, notes);
  button.disabled = true;
  button.textContent = button.dataset.busy;
});
// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  button.disabled = false;
  button.replaceChildren(...label);
});
