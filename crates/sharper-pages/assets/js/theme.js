// The theme, before the first paint: what the system prefers, unless the reader chose otherwise here.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");
  const remember = (theme) => {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  const apply = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  try {
    apply(localStorage.getItem("theme"));
  } catch {
    // No storage: the system decides.
  }
  root.classList.add("scripted");
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = (root.dataset.theme ?? system()) === "dark" ? "light" : "dark";
      // Back at what the system prefers, the page follows the system again.
      const choice = wanted === system() ? null : wanted;
      apply(choice);
      remember(choice);
    });
  });
})();
