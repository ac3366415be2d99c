// Spaced repetition: when a card comes again, after SM-2
// (https://super-memory.com/english/ol/sm2.htm), in whole days.

// graded returns what is known of a card after a grade, 0 for "again" to 3 for
// "easy": in how many days it comes again, and by what these grow with each good
// answer.
function graded({ days = 0, ease = 2.5 } = {}, grade) {
  const next = [0, Math.max(1, days * 1.2), days ? days * ease : 1, days ? days * ease * 1.3 : 4][grade];
  return {
    days: Math.min(365, Math.round(next)),
    ease: Math.max(1.3, ease + [-0.2, -0.15, 0, 0.15][grade]),
  };
}

// day returns a date of the reader's calendar, as 2025-01-31.
function day(later = 0) {
  const date = new Date();
  date.setDate(date.getDate() + later);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

// allCards returns what is known of each card that was answered, by the path of its
// question: days and ease, as graded has them, and the day on which it is due.
function allCards() {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(recall("cards") ?? "{}")).filter(([, card]) => isCard(card)));
  } catch {
    return {}; // another hand wrote it
  }
}

// isCard reports whether something read from outside is what is known of a card.
function isCard(card) {
  return card.days >= 0 && card.ease >= 1 && /^\d{4}-\d\d-\d\d$/.test(card.due) && !isNaN(new Date(card.due));
}

function saveCards(cards) {
  remember("cards", JSON.stringify(cards));
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
