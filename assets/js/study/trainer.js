// Flashcards. A card has the path of its question and sides(), which resolves to elements
// that hold its two sides, or to null if the question was removed. It rejects if they
// cannot be loaded right now.

const trainer = document.querySelector("#trainer");
let sitting; // the cards that are still to come while the trainer is open

// train shows cards one by one, repeating those graded "again" until all are known.
function train(cards) {
  const queue = sitting = [...cards];
  const [face, question, answer, left, reveal, marks, hint] = ["", "-question", "-answer", "-left", "-reveal", "-grades", "-keys"].map((id) => document.querySelector("#card" + id));
  const buttons = [...marks.querySelectorAll("button")];
  let back; // what the other side of the card shows
  let shown = 0;
  let missed = 0;
  let removed = 0;

  async function next() {
    reveal.hidden = answer.hidden = marks.hidden = true;
    question.textContent = "…";
    const card = queue[0];
    if (!card) return show(element("p", { textContent: missed && !shown ? "No connection right now" : "Done for now" }), summary(missed, removed));
    const sides = await card.sides().catch(() => undefined);
    if (queue != sitting) return; // the sitting has ended
    if (sides) {
      shown++;
      back = sides[1];
      reveal.hidden = false;
      return show(sides[0], count(queue.length, "card") + " to go");
    }
    queue.shift();
    if (sides === null) {
      removed++;
      learn({ [card.path]: undefined });
    } else missed++;
    return next();
  }

  function show(side, note) {
    fill(question, side);
    left.textContent = note;
    trainer.scrollTop = face.scrollTop = 0;
    question.focus();
  }

  function turn() {
    reveal.hidden = true;
    fill(answer, back);
    answer.hidden = marks.hidden = false;
    hint.hidden = !keysAreUsed();
    showIntervals(buttons, allCards()[queue[0].path]);
    answer.focus({ preventScroll: true });
  }

  function mark(grade) {
    const card = queue.shift();
    const known = graded(allCards()[card.path], grade);
    learn({ [card.path]: known });
    if (known.due <= day()) queue.push(card);
    next();
  }

  reveal.onclick = (event) => isRepeated(event) || turn();
  buttons.forEach((button, grade) => button.onclick = (event) => isRepeated(event) || mark(grade));
  trainer.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Some keyboards have other characters in the row of digits, whose codes are Digit1 and so
    // on. Other keys give no button.
    const grade = (+event.key || event.code.slice(5)) - 1;
    if (!marks.hidden && keysAreUsed() && buttons[grade]) mark(grade);
    if (!reveal.hidden && event.target == question && (event.key == " " || event.key == "Enter")) {
      turn();
      return false; // or the page behind would scroll
    }
  };
  trainer.showModal();
  next();
}

// summary returns the message shown at the end of a sitting, given how many of its cards
// could not be loaded and how many were removed from the site.
function summary(missed, removed) {
  const notes = [
    missed && count(missed, "card") + " couldn’t be loaded.",
    removed && count(removed, "question") + " left out: removed from the site.",
    unkept && notKept,
  ];
  return notes.filter(Boolean).join(" ") || "Each card comes back when it’s time to see it again.";
}

// showIntervals shows on the button of each grade when it would bring a card back.
function showIntervals(buttons, card) {
  buttons.forEach((button, grade) => {
    const days = daysUntil(graded(card, grade).due);
    button.querySelector("span").textContent = days ? count(days, "day") : "now";
  });
}

function end() {
  if (trainer.open) return; // a quick reader may have started another sitting before this event
  sitting = undefined;
  update();
  if (unkept) announce(notKept);
}

// isRepeated reports whether a click comes so soon after another that it must be the second
// tap of a double tap, on a button that has only just appeared.
let clicked = -400; // in milliseconds
function isRepeated({ detail, timeStamp }) {
  if (detail && timeStamp - clicked < 400) return true; // 0 for a click made with a key
  clicked = timeStamp;
  return false;
}

// cardsHere returns the cards of the page: the saved questions, or the page's details
// elements and those cards from the subject's other pages that were graded before.
function cardsHere() {
  if (list) return saved().filter(({ path }) => !gone.has(path)).map(({ path }) => cardAt(path));
  const here = [...document.querySelectorAll("details.card")].map((details) => ({
    path: details.dataset.question,
    sides: async () => sidesIn(details, "summary", "div"),
  }));
  const subject = location.pathname.replace(/[^/]+$/, "questions/");
  const elsewhere = Object.keys(allCards()).filter((path) => path.startsWith(subject) && !here.some((card) => card.path == path));
  return [...here, ...elsewhere.map(cardAt)];
}

// cardAt returns the card of a question on another page.
function cardAt(path) {
  return { path, sides: async () => sidesIn(await fetchQuestion(path), "h1", ".answer") };
}

// sidesIn returns copies of parts of a page, or null if page is null.
function sidesIn(page, ...parts) {
  return page && parts.map((part) => page.querySelector(part).cloneNode(true));
}

// fill moves what a side of a card holds into a place, in the side's direction and language.
function fill(place, side) {
  place.dir = side.dir;
  place.lang = side.lang || "en";
  place.replaceChildren(...side.childNodes);
}

// showDue shows which cards can be studied now.
function showDue() {
  if (trainer.open) return; // end() will update the page
  const focused = document.activeElement;
  const cards = cardsHere();
  const due = dueCards(cards);
  const [some, none, start, all] = ["some", "none", "due", "all"].map((id) => document.querySelector("#study-" + id));
  const known = allCards();
  const [next] = cards.map((card) => known[card.path]?.due ?? day()).sort();
  none.hidden = due.length || !next;
  some.hidden = !none.hidden;
  start.hidden = !due.length;
  if (next) none.querySelector("span").textContent = new Date(next + "T12:00").toLocaleDateString("en", { dateStyle: "medium" });
  start.textContent = "Study " + count(due.length, "card");
  start.onclick = () => train(dueCards(cardsHere())); // another tab may have changed them, or a new day begun
  all.textContent = "Review " + count(cards.length, "card");
  all.hidden = due.length == cards.length;
  all.onclick = () => train(cardsHere());
  // The button that started the sitting may now be hidden.
  if (focused.hidden) (some.hidden ? none : some).focus();
}

// update shows the current state on the page, but not while the trainer is open: if the
// list became empty, the trainer would disappear with it.
function update() {
  if (trainer.open) return;
  if (list) showSaved();
  else showDue();
}

if (trainer) {
  trainer.onclose = end;
  trainer.querySelector("#card-end").onclick = () => trainer.close();
  update();
  addEventListener("storage", ({ key }) => { // changed in another tab
    if (!key || key == "saved" || key == "cards") update();
  });
  addEventListener("pageshow", update); // also when the page returns from the back/forward cache
  document.addEventListener("visibilitychange", () => document.hidden || showDue()); // a new day may have begun
}
