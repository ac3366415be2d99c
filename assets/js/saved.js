// My questions: a list that this browser keeps, and nobody else.

// saved returns the saved questions, the last saved first.
function saved() {
  try {
    return JSON.parse(recall("saved") ?? "[]").filter(isQuestion);
  } catch {
    return []; // another hand wrote it
  }
}

const questionPath = /^\/learn\/[\w-]+\/questions\/[\w-]+$/;

// isQuestion reports whether something read from outside is a saved question.
function isQuestion(question) {
  const { path, title, subject } = question ?? {};
  return [path, title, subject].every((text) => typeof text == "string") && questionPath.test(path);
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

// here is the question of this page, if it is the page of one. Its hue is the class
// that colours its subject.
const here = actions && { path: location.pathname, title: said("og:title"), subject: said("article:section"), hue: document.body.className };

if (here) {
  const others = () => saved().filter(({ path }) => path != here.path);
  const button = element("button", { type: "button" });
  let isSaved; // as the button says
  const show = () => {
    isSaved = others().length < saved().length;
    button.textContent = isSaved ? "Saved" : "Save";
    button.setAttribute("aria-label", isSaved ? "Saved: remove from My questions" : "Save to My questions");
    button.className = isSaved ? "chosen" : "";
  };
  button.onclick = () => {
    if (save(isSaved ? others() : [here, ...others()])) tell(isSaved ? "Removed from My questions" : "Saved to My questions");
    show();
  };
  show();
  addEventListener("storage", show); // another tab saved or removed it
  addEventListener("pageshow", show); // the page may come back from before
  actions.append(button, element("a", { href: "/saved", textContent: "My questions" }));
}
