// Answers of questions that are on other pages.

// answerOf returns the answer of a question as an element, from its page.
function answerOf(path) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", path);
    request.responseType = "document";
    request.onload = () => {
      const answer = request.status == 200 && request.response?.querySelector(".answer");
      answer ? resolve(document.adoptNode(answer)) : reject(new Error("no answer at " + path));
    };
    request.onerror = () => reject(new Error("no connection"));
    request.send();
  });
}

// toAnki writes questions as notes for Anki, with formulas as it wants them
// (https://docs.ankiweb.net/importing/text-files.html).
async function toAnki(questions) {
  const lines = ["#separator:tab", "#html:true", "#columns:Front\tBack\tTags", "#tags column:3"];
  const field = (html) => `"${html.replaceAll('"', '""')}"`;
  let missing = 0;
  for (const { path, title, subject } of questions) {
    const answer = await answerOf(path).catch(() => missing++);
    if (!answer.querySelectorAll) continue;
    for (const math of answer.querySelectorAll("math")) {
      const source = math.querySelector("annotation").textContent;
      math.replaceWith(math.getAttribute("display") == "block" ? `\\[${source}\\]` : `\\(${source}\\)`);
    }
    answer.append(element("p", {}, element("a", { href: location.origin + path, textContent: "Source" })));
    const front = element("p", { textContent: title });
    lines.push([front.innerHTML, answer.innerHTML, subject.replace(/\W+/g, "-")].map(field).join("\t"));
  }
  if (missing) tell(count(missing, "answer") + " could not be had");
  return lines.join("\n") + "\n";
}
