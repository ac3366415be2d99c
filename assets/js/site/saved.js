// My questions: a list that only this browser keeps.

// saved returns the saved questions, last saved first.
function saved() {
  try {
    return JSON.parse(recall("saved") ?? "[]").filter(isQuestion);
  } catch {
    return []; // not written by this site
  }
}

const questionPath = /^\/learn\/[\w-]+\/questions\/[\w-]+$/;

// isQuestion reports whether a value from outside the program is a saved question.
function isQuestion(question) {
  const { path, title, subject } = question ?? {};
  return [path, title, subject].every((text) => typeof text == "string") && questionPath.test(path);
}

// save stores the list of saved questions and reports whether it could.
function save(questions) {
  return remember("saved", JSON.stringify(questions));
}
