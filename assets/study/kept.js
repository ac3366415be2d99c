// The page of questions that can be read without a connection.

const keptList = document.querySelector("#kept-questions");

// showKept lists what the service worker keeps, the last read first.
async function showKept() {
  const cache = await caches.open("pages");
  const responses = await cache.matchAll();
  const questions = responses.reverse().map(({ headers }) => JSON.parse(decodeURIComponent(headers.get("Question"))));
  keptList.replaceChildren(...questions.map((question) => questionItem(question)));
  document.querySelector("#none-kept").hidden = questions.length;
  document.querySelector("#kept").hidden = !questions.length;
}

if (keptList) {
  document.querySelector("#forget").onclick = async () => {
    await caches.delete("pages");
    await showKept();
    tell("Nothing is kept");
  };
  // The page stands in for one that cannot be had.
  const missing = location.pathname != "/offline";
  document.querySelector("#unreachable").hidden = !missing;
  document.querySelector("#retry").onclick = () => location.reload();
  if (missing) addEventListener("online", () => location.reload());
  if (window.caches) showKept();
}
