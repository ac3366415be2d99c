// Remembers the reader's choice of theme in this browser. The style sheet follows the
// checked button and the color-scheme meta element. This file sets both, and the colour
// of the browser's own interface. The service worker writes the choice into later pages.

const themeChoices = document.getElementsByName("theme");
const schemes = document.querySelector("[name=color-scheme]");
const frameColors = [...document.querySelectorAll("[name=theme-color]")].map((meta) => [meta, meta.media]);

function showTheme(theme) {
  for (const choice of themeChoices) choice.checked = choice.value == theme;
  schemes.content = theme == "system" ? "light dark" : theme;
  for (const [meta, media] of frameColors) {
    if (theme == "system") meta.media = media;
    else meta.media = media.includes(theme) ? "all" : "not all";
  }
}
// keepForWorker stores the choice where the service worker finds it.
function keepForWorker() {
  const put = (cache) => (recall("theme") == "system" ? cache.delete("/theme") : cache.put("/theme", new Response(schemes.content)));
  window.caches?.open("theme").then(put).catch(() => {});
}
const showRemembered = () => showTheme(recall("theme") ?? "system");
// Without a choice the page is right as it is, and doing nothing shows it sooner.
if (recall("theme")) {
  showRemembered();
  whenParsed(showRemembered); // the buttons exist now
  keepForWorker(); // the choice may be older than the worker
}
addEventListener("storage", showRemembered); // chosen in another tab
addEventListener("pageshow", showRemembered); // chosen since the reader left this page
addEventListener("change", ({ target }) => {
  if (target.name != "theme") return;
  remember("theme", target.value);
  showTheme(target.value);
  keepForWorker();
});
