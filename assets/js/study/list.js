// The page of saved questions: the list, downloading it and adding a downloaded one.

const list = document.querySelector("#saved-questions");
const importError = document.querySelector("#import-error");

// items holds the items of the list by what they show. They stay where nothing changed: to
// make and lay out a long list takes a phone some tenths of a second.
let items = new Map();

// showSaved updates the page to what is saved now. The focus keeps its position in the
// list: after a question is removed, it is on the one that follows.
function showSaved() {
  const questions = saved();
  const none = document.querySelector("#none-saved");
  const places = () => [...list.querySelectorAll("a, button")];
  const focused = places().indexOf(document.activeElement);
  const now = new Map();
  for (const question of questions) {
    const key = JSON.stringify([question, gone.has(question.path)]);
    now.set(key, items.get(key) ?? savedItem(question));
  }
  for (const [key, item] of items) if (!now.has(key)) item.remove();
  items = now;
  const all = [...items.values()];
  if (all.some((item, i) => item != list.children[i])) list.replaceChildren(...all);
  none.hidden = questions.length;
  for (const part of document.querySelectorAll(".if-saved")) part.hidden = !questions.length;
  document.querySelector("#export").hidden = !questions.length && !Object.keys(allCards()).length;
  if (focused >= 0) (places()[focused] ?? places().at(-1) ?? none).focus();
  showDue();
}

function savedItem(question) {
  const onclick = (event) => {
    if (isRepeated(event)) return;
    if (save(saved().filter(({ path }) => path != question.path))) announce("Removed from My questions");
    showSaved();
  };
  return questionItem(question, gone.has(question.path) ? "Removed from the site " : "", element("button", { type: "button", textContent: "Remove", "aria-label": "Remove " + question.title, onclick }));
}

// download offers a file to the reader.
function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000); // the browser may still be asking where to save it
}

// toMarkdown returns questions as a Markdown list of links.
function toMarkdown(questions) {
  const item = ({ path, title, subject }) => `- [${title.replace(/[\\[\]]/g, "\\$&")}](${location.origin}${path}) (${subject})\n`;
  return "# My questions\n\n" + questions.map(item).join("");
}

// add merges a downloaded list into the saved questions and the progress on cards. For a
// card known to both, it keeps the later due date.
async function add(file) {
  importError.textContent = "";
  let read;
  try {
    read = JSON.parse(await file.text());
    read.questions = read.questions.filter(isQuestion);
  } catch {
    importError.textContent = "This file is not a list of saved questions.";
    return;
  }
  const before = saved();
  const all = [...new Map([...before, ...read.questions].map((question) => [question.path, question])).values()];
  const added = all.slice(before.length);
  const known = allCards();
  const cards = Object.entries(onlyCards(read.cards)).filter(([path, { due }]) => !(known[path]?.due >= due));
  if (cards.length) learn(Object.fromEntries(cards));
  const learned = cards.length ? ", and how well you know " + count(cards.length, "card") : "";
  if (save(all) && !unkept) announce(count(added.length, "question") + " added to My questions" + learned);
  showSaved();
  if (workers) await keepOffline(added);
}

const downloads = {
  list: () => download("my-questions.json", "application/json", JSON.stringify({ questions: saved(), cards: allCards() }, null, 2)),
  markdown: () => download("my-questions.md", "text/markdown", toMarkdown(saved())),
  anki: async () => {
    download("my-questions-anki.txt", "text/plain", await toAnki(saved()));
    showSaved(); // some may turn out to be gone from the site
  },
};

if (list) {
  for (const button of document.querySelectorAll("[data-export]")) button.onclick = downloads[button.dataset.export];
  const file = document.querySelector("#import");
  file.onchange = async () => {
    if (file.files[0]) await add(file.files[0]);
    file.value = "";
  };
  document.querySelector("#take-along").hidden = false;
}
