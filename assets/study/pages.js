// What is on the pages of questions.

// gone are the paths of questions that turned out to be removed.
const gone = new Set();

// fetchQuestion returns the page of a question as a document, null if it was removed. The
// promise is rejected if the page cannot be had just now.
function fetchQuestion(path) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", path);
    request.responseType = "document";
    request.onload = () => {
      const { status, response } = request;
      if (status == 404 || status == 410) {
        gone.add(path);
        resolve(null);
      } else if (status == 200 && response?.querySelector(".answer")) resolve(response);
      else reject(new Error("no question at " + path));
    };
    request.onerror = () => reject(new Error("no connection"));
    request.send();
  });
}

// toAnki writes questions as notes for Anki
// (https://docs.ankiweb.net/importing/text-files.html), in the columns in which
// anki.txt of a subject has them: Anki knows a question again by its path.
async function toAnki(questions) {
  const lines = ["#separator:tab", "#html:true", "#guid column:1", "#deck column:2", "#tags column:5"];
  const field = (text) => `"${text.replaceAll('"', '""')}"`;
  const site = document.querySelector(".brand").textContent.trim();
  let missing = 0;
  for (const { path, subject } of questions) {
    const page = await fetchQuestion(path).catch(() => null);
    if (!page) {
      missing++;
      continue;
    }
    const [front, back] = ["h1", ".answer"].map((part) => page.querySelector(part));
    for (const math of page.querySelectorAll("math")) math.replaceWith(mathJax(math));
    back.append(element("p", {}, element("a", { href: location.origin + path, textContent: site })));
    lines.push([path, site + "::" + subject, front.innerHTML, back.innerHTML, path.split("/")[2]].map(field).join("\t"));
  }
  if (missing) tell(count(missing, "question") + " could not be had");
  return lines.join("\n") + "\n";
}

// mathJax returns the source of a formula between the delimiters that Anki knows.
function mathJax(math) {
  const source = math.querySelector("annotation").textContent;
  return math.getAttribute("display") == "block" ? `\\[${source}\\]` : `\\(${source}\\)`;
}
