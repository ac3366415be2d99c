// The offline page: questions that can be read without a connection.

const keptList = document.querySelector("#kept-questions");
const forget = document.querySelector("#forget");

const isSaved = (path) => saved().some((question) => question.path == path);

// showKept lists the questions that the service worker keeps, last read first.
async function showKept() {
  const cache = await caches.open("pages");
  const responses = await cache.matchAll();
  const questions = responses.reverse().map(({ headers }) => JSON.parse(decodeURIComponent(headers.get("Question"))));
  keptList.replaceChildren(...questions.map((question) => questionItem(question)));
  document.querySelector("#none-kept").hidden = questions.length;
  document.querySelector("#kept").hidden = !questions.length;
  forget.hidden = questions.every(({ path }) => isSaved(path));
}

// forgetKept removes the kept questions that are not saved.
async function forgetKept() {
  const cache = await caches.open("pages");
  for (const request of await cache.keys()) {
    if (!isSaved(new URL(request.url).pathname)) await cache.delete(request);
  }
  await showKept();
  announce(keptList.childElementCount ? "Removed. Your saved questions are still here" : "Removed. Nothing is kept now");
  // The button is now hidden, so move the focus to what the page shows instead.
  document.querySelector(keptList.childElementCount ? "#on-this-device" : "#none-kept").focus();
}

// openWhenBack loads the missing page once the site answers again. It tries after the
// given seconds, then less and less often, and only while the page is visible.
function openWhenBack(seconds) {
  setTimeout(async () => {
    const answer = document.hidden ? null : await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.status < 500) location.reload();
    else openWhenBack(document.hidden ? seconds : Math.min(60, 2 * seconds));
  }, 1000 * seconds);
}

if (keptList) {
  forget.onclick = forgetKept;
  // Elsewhere, this page stands in for one that cannot be loaded.
  const missing = location.pathname != "/offline";
  document.querySelector("#unreachable").hidden = !missing;
  document.querySelector("#retry").onclick = () => location.reload();
  if (missing) {
    addEventListener("online", () => location.reload());
    openWhenBack(5);
  }
  if (window.caches) {
    showKept();
    addEventListener("storage", showKept); // another tab saved or removed something
    addEventListener("pageshow", showKept); // this tab may have, before coming back to this page
  }
}
