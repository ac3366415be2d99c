// The theme that the reader chose is remembered in this browser. Style follows the
// chosen button and the schemes that the head names. These and the colour of the browser's
// own frame are set here. The service worker writes the schemes into the next pages.

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
// keepForWorker has the service worker find the schemes that were chosen.
function keepForWorker() {
  const put = (cache) => (recall("theme") == "system" ? cache.delete("/theme") : cache.put("/theme", new Response(schemes.content)));
  window.caches?.open("theme").then(put).catch(() => {});
}
const showRemembered = () => showTheme(recall("theme") ?? "system");
// Where nothing was chosen the page is as it should be, and is shown the sooner.
if (recall("theme")) {
  showRemembered();
  whenWhole(showRemembered); // the buttons are there
  keepForWorker(); // it may have been chosen before there was a worker
}
addEventListener("storage", showRemembered); // chosen in another tab
addEventListener("pageshow", showRemembered); // chosen since this page was left
addEventListener("change", ({ target }) => {
  if (target.name != "theme") return;
  remember("theme", target.value);
  showTheme(target.value);
  keepForWorker();
});
