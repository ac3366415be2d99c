// Spaced repetition: when a card comes again, after SM-2
// (https://super-memory.com/english/ol/sm2.htm), in whole days.

// graded returns what is known of a card after a grade, 0 for "again" to 3 for
// "easy": in how many days it comes again, by what these grow with each good answer, and
// the day on which it is due. Before that day only "again" counts: who practises what was
// seen just now knows it, and need not know it later.
function graded(card, grade) {
  const { days = 0, ease = 2.5, due } = card ?? {};
  if (grade && due > day()) return card;
  const next = Math.min(365, Math.round([0, Math.max(1, days * 1.2), days ? days * ease : 1, days ? days * ease * 1.3 : 4][grade]));
  return { days: next, ease: Math.max(1.3, ease + [-0.2, -0.15, 0, 0.15][grade]), due: day(next) };
}

// day returns a date of the reader's calendar, as 2025-01-31.
function day(later = 0) {
  const date = new Date();
  date.setDate(date.getDate() + later);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

// daysUntil returns in how many days a date comes.
function daysUntil(date) {
  return Math.round((new Date(date) - new Date(day())) / 86400000);
}

// allCards returns what is known of each card that was answered, as graded has it, by
// the path of its question.
function allCards() {
  let kept;
  try {
    kept = JSON.parse(recall("cards"));
  } catch {
    // Another hand wrote it.
  }
  return onlyCards({ ...kept, ...unkept });
}

// onlyCards returns what is known of cards, of what was read from outside.
function onlyCards(cards) {
  const isCard = ([path, card]) => {
    const { days, ease, due } = card ?? {};
    return questionPath.test(path) && [days, ease].every(Number.isFinite) && days >= 0 && ease >= 1 &&
      typeof due == "string" && /^\d{4}-\d\d-\d\d$/.test(due) && !isNaN(new Date(due));
  };
  return Object.fromEntries(Object.entries(cards ?? {}).filter(isCard));
}

// unkept is what is newly known where the browser does not keep it: until the page is left.
let unkept;
const notKept = "Your grades are not kept: your browser does not let this site remember them. They count until you leave this page.";

// learn adds what is newly known of cards to what is known; a card without is forgotten.
function learn(cards) {
  try {
    localStorage.setItem("cards", JSON.stringify({ ...allCards(), ...cards }));
    unkept = undefined;
  } catch {
    if (!unkept) tell(notKept);
    unkept = { ...unkept, ...cards };
  }
}

// atOnce is how many new cards are shown in one sitting.
const atOnce = 20;

// dueCards returns the cards to show now: first those whose day has come, longest
// due first, then some that are new.
function dueCards(cards) {
  const known = allCards();
  const due = (card) => known[card.path]?.due;
  const come = cards.filter((card) => due(card) <= day()).sort((a, b) => due(a).localeCompare(due(b)));
  return [...come, ...cards.filter((card) => !due(card)).slice(0, atOnce)];
}
