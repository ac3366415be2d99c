// Reading question pages.

// gone holds the paths of questions found to be removed from the site.
const gone = new Set();

// fetchQuestion resolves to a question page as a document, or to null if the question was
// removed. It rejects if the page cannot be loaded right now.
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
      else reject();
    };
    request.onerror = reject;
    request.send();
  });
}

// toAnki returns questions as notes for Anki
// (https://docs.ankiweb.net/importing/text-files.html), in the same columns as a
// subject's anki.txt. Anki recognises a question by its path.
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
    makeStandalone(back);
    back.append(element("p", {}, element("a", { href: location.origin + path, textContent: site })));
    lines.push([path, site + "::" + subject, directed(front), directed(back), path.split("/")[2]].map(field).join("\t"));
  }
  if (missing) announce(count(missing, "question") + " couldn’t be loaded");
  return lines.join("\n") + "\n";
}

// directed returns a side of a card as HTML. If it has a direction, code in it is from left to
// right nevertheless.
function directed({ dir, innerHTML }) {
  if (!dir) return innerHTML;
  return `<div dir="${dir}">${innerHTML.replace(/<pre|<code/g, '$& dir="ltr"')}</div>`;
}

// makeStandalone prepares an answer for use outside the site, as Standalone does in
// content/answer: no ids, no links of headings to themselves, no tab stops, and absolute
// links.
function makeStandalone(answer) {
  for (const link of answer.querySelectorAll("a[href^='#']")) link.replaceWith(...link.childNodes);
  for (const link of answer.querySelectorAll("a[href^='/']")) link.setAttribute("href", link.href);
  for (const part of answer.querySelectorAll("[id], [tabindex]")) {
    for (const attribute of ["id", "tabindex", "role", "aria-label"]) part.removeAttribute(attribute);
  }
}

// mathJax returns the LaTeX source of a formula in the delimiters that Anki expects.
function mathJax(math) {
  const source = math.querySelector("annotation").textContent;
  return math.getAttribute("display") == "block" ? `\\[${source}\\]` : `\\(${source}\\)`;
}
