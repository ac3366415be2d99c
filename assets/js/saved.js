// My questions: a list that this browser keeps, and nobody else.

// saved returns the saved questions, the last saved first.
function saved() {
  try {
    return JSON.parse(recall("saved") ?? "[]").filter(isQuestion);
  } catch {
    return []; // another hand wrote it
  }
}

// isQuestion reports whether something read from outside is a saved question.
function isQuestion(question) {
  return /^\/learn\/[\w-]+\/questions\/[\w-]+$/.test(question?.path) && typeof question.title == "string" && typeof question.subject == "string";
}

// save keeps a list of questions, and reports whether it could.
function save(questions) {
  return remember("saved", JSON.stringify(questions));
}

// said returns what the head of the page says of itself.
function said(property) {
  return document.querySelector(`meta[property="${property}"]`)?.content;
}

const actions = document.querySelector(".tools .actions");
if (actions) {
  const question = { path: location.pathname, title: said("og:title"), subject: said("article:section"), saved: new Date().toISOString().slice(0, 10) };
  const others = () => saved().filter((other) => other.path != question.path);
  const button = element("button", { type: "button" });
  const show = () => {
    const is = others().length < saved().length;
    button.textContent = is ? "Saved" : "Save";
    button.ariaPressed = is;
  };
  button.onclick = () => {
    const is = button.ariaPressed == "true";
    if (save(is ? others() : [question, ...others()])) tell(is ? "Removed from My questions" : "Saved to My questions");
    show();
  };
  show();
  addEventListener("pageshow", show); // the page may come back from before
  actions.append(button, element("a", { href: "/saved", textContent: "My questions" }));
}
