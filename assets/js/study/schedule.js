// Spaced repetition in whole days, after SM-2
// (https://super-memory.com/english/ol/sm2.htm).

// graded returns the state of a card after a grade from 0 ("again") to 3 ("easy"): the
// interval in days, the ease by which each good answer multiplies it, and the due date.
// Before that date only "again" counts, since knowing a card that was just seen proves
// little.
function graded(card, grade) {
  const { days = 0, ease = 2.5, due } = card ?? {};
  if (grade && due > day()) return card;
  const next = Math.min(365, Math.round([0, Math.max(1, days * 1.2), days ? days * ease : 1, days ? days * ease * 1.3 : 4][grade]));
  return { days: next, ease: Math.max(1.3, ease + [-0.2, -0.15, 0, 0.15][grade]), due: day(next) };
}

// day returns today's date plus some days, in local time, such as 2025-01-31.
function day(later = 0) {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + later)).toISOString().slice(0, 10);
}

// daysUntil returns the number of days from today to a date.
function daysUntil(date) {
  return Math.round((new Date(date) - new Date(day())) / 86400000);
}

// allCards returns the state of each card that was graded, by the path of its question.
function allCards() {
  let kept;
  try {
    kept = JSON.parse(recall("cards"));
  } catch {
    // It was not written by this site.
  }
  return onlyCards({ ...kept, ...unkept });
}

// onlyCards returns the valid entries of card states that come from outside the program.
function onlyCards(cards) {
  const isCard = ([path, card]) => {
    const { days, ease, due } = card ?? {};
    return questionPath.test(path) && [days, ease].every(Number.isFinite) && days >= 0 && ease >= 1 &&
      typeof due == "string" && /^\d{4}-\d\d-\d\d$/.test(due) && !isNaN(new Date(due));
  };
  return Object.fromEntries(Object.entries(cards ?? {}).filter(isCard));
}

// unkept holds new card states that the browser would not store, until the page is left.
let unkept;
const notKept = "Your browser won’t let this site store your grades. They count only until you leave this page.";

// learn stores the states of cards; a card whose state is undefined is forgotten.
function learn(cards) {
  try {
    localStorage.setItem("cards", JSON.stringify({ ...allCards(), ...cards }));
    unkept = undefined;
  } catch {
    if (!unkept) announce(notKept);
    unkept = { ...unkept, ...cards };
  }
}

// atOnce is the greatest number of new cards in one sitting.
const atOnce = 20;

// dueCards returns the cards to show now: those that are due, most overdue first, then
// some new ones.
function dueCards(cards) {
  const known = allCards();
  const due = (card) => known[card.path]?.due;
  const come = cards.filter((card) => due(card) <= day()).sort((a, b) => due(a).localeCompare(due(b)));
  return [...come, ...cards.filter((card) => !due(card)).slice(0, atOnce)];
}
