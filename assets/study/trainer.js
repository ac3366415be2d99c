// Flashcards. A card has the path of its question, and two sides, question() and
// answer(), whose promises give what to show.

const trainer = document.querySelector("#trainer");

// train shows cards one by one, and those that were not known again, until all are.
function train(cards) {
  const queue = [...cards];
  const [face, question, answer, left, reveal, marks] = ["", "-question", "-answer", "-left", "-reveal", "-grades"].map((id) => document.querySelector("#card" + id));
  const buttons = [...marks.querySelectorAll("button")];

  async function next() {
    const card = queue[0];
    reveal.hidden = answer.hidden = marks.hidden = true;
    const side = card ? await card.question().catch(() => null) : "Done for now";
    if (queue[0] != card) return; // another sitting has begun
    if (!side) {
      queue.shift(); // it cannot be had just now
      return next();
    }
    question.replaceChildren(side);
    left.textContent = card ? count(queue.length, "card") + " to go" : "Cards come back when it is time to see them again.";
    reveal.hidden = !card;
    face.scrollTop = 0;
    question.focus();
  }

  async function turn() {
    const card = queue[0];
    reveal.hidden = true;
    answer.replaceChildren("…");
    answer.hidden = false;
    const side = await card.answer().catch(() => "This answer cannot be had just now: there is no connection, or the question was removed.");
    if (queue[0] != card) return;
    answer.replaceChildren(side);
    buttons.forEach((button, grade) => {
      const { days } = graded(allCards()[card.path], grade);
      button.querySelector("span").textContent = days ? count(days, "day") : "now";
    });
    marks.hidden = false;
    face.focus();
  }

  function mark(grade) {
    const card = queue.shift();
    const all = allCards();
    const known = graded(all[card.path], grade);
    saveCards({ ...all, [card.path]: { ...known, due: day(known.days) } });
    if (!known.days) queue.push(card);
    next();
  }

  reveal.onclick = turn;
  buttons.forEach((button, grade) => button.onclick = () => mark(grade));
  trainer.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const grade = ["1", "2", "3", "4"].indexOf(event.key);
    if (!marks.hidden && grade >= 0) mark(grade);
    if (!reveal.hidden && event.target == question && (event.key == " " || event.key == "Enter")) turn();
  };
  trainer.onclose = () => {
    queue.length = 0;
    offer();
    // The browser gives the focus back to the button that began, which may be hidden now.
    if (began.hidden) document.querySelector("#study p:not([hidden])").focus();
  };
  const began = document.activeElement;
  trainer.showModal();
  next();
}

// cardsHere returns the cards of the page: the saved questions, or what is folded
// into its details elements and those of the subject's other pages that were answered
// before.
function cardsHere() {
  if (list) return saved().map(({ path, title }) => ({ ...cardAt(path), question: async () => title }));
  const here = [...document.querySelectorAll("details.card")].map((details) => ({
    path: details.dataset.question,
    question: async () => inside(details.querySelector("summary")),
    answer: async () => inside(details.querySelector("div")),
  }));
  const subject = location.pathname.replace(/[^/]+$/, "questions/");
  const elsewhere = Object.keys(allCards()).filter((path) => path.startsWith(subject) && !here.some((card) => card.path == path));
  return [...here, ...elsewhere.map(cardAt)];
}

// cardAt returns the card of a question on another page.
function cardAt(path) {
  const side = async (selector) => inside((await fetchQuestion(path)).querySelector(selector));
  return { path, question: () => side("h1"), answer: () => side(".answer") };
}

// inside returns a copy of what is in an element.
function inside(element) {
  const copied = document.createDocumentFragment();
  copied.append(...element.cloneNode(true).childNodes);
  return copied;
}

// offer says what there is to study now.
function offer() {
  const cards = cardsHere();
  const due = dueCards(cards);
  const [some, none, start, all] = ["some", "none", "due", "all"].map((id) => document.querySelector("#study-" + id));
  const known = allCards();
  const [next] = cards.map((card) => known[card.path]?.due ?? day()).sort();
  some.hidden = !due.length;
  none.hidden = due.length;
  start.hidden = !due.length;
  if (next) none.querySelector("span").textContent = new Date(next + "T12:00").toLocaleDateString("en", { dateStyle: "medium" });
  start.textContent = "Study " + count(due.length, "card");
  start.onclick = () => train(due);
  all.textContent = "Practise " + count(cards.length, "card");
  all.hidden = due.length == cards.length;
  all.onclick = () => train(cards);
}

// count writes how many of a noun there are.
function count(number, noun) {
  return number + " " + noun + (number == 1 ? "" : "s");
}

if (trainer) {
  trainer.querySelector("#card-end").onclick = () => trainer.close();
  if (list) showSaved();
  else offer();
}
