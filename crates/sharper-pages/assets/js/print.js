// Print buttons, and dates in the reader's own way of writing them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const written = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
for (const time of document.querySelectorAll("[data-date]")) {
  time.textContent = written.format(new Date(`${time.dateTime}T00:00:00Z`));
}
