// The page of questions that can be read without a connection.

const keptList = document.querySelector("#kept-questions");
const forget = document.querySelector("#forget");

const isSaved = (path) => saved().some((question) => question.path == path);

// showKept lists what the service worker keeps, the last read first.
async function showKept() {
  const cache = await caches.open("pages");
  const responses = await cache.matchAll();
  const questions = responses.reverse().map(({ headers }) => JSON.parse(decodeURIComponent(headers.get("Question"))));
  keptList.replaceChildren(...questions.map((question) => questionItem(question)));
  document.querySelector("#none-kept").hidden = questions.length;
  document.querySelector("#kept").hidden = !questions.length;
  forget.hidden = questions.every(({ path }) => isSaved(path));
}

// forgetKept removes what the service worker keeps, but for what is saved.
async function forgetKept() {
  const cache = await caches.open("pages");
  for (const request of await cache.keys()) {
    if (!isSaved(new URL(request.url).pathname)) await cache.delete(request);
  }
  await showKept();
  tell(keptList.childElementCount ? "Only what you saved is kept now" : "Nothing is kept");
  // The button is hidden now: the focus goes to what the page says instead.
  document.querySelector(keptList.childElementCount ? "#on-this-device" : "#none-kept").focus();
}

// openWhenBack opens the page that is missing once the site answers again, which it asks
// for after some seconds, then ever more seldom, while the page is looked at.
function openWhenBack(seconds) {
  setTimeout(async () => {
    const answer = document.hidden ? null : await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.status < 500) location.reload();
    else openWhenBack(document.hidden ? seconds : Math.min(60, 2 * seconds));
  }, 1000 * seconds);
}

if (keptList) {
  forget.onclick = forgetKept;
  // The page stands in for one that cannot be had.
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
    addEventListener("pageshow", showKept); // this one may have done so before it comes back
  }
}
