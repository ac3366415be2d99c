// Lists of questions that this browser keeps.

// questionItem returns a list item for a question, with more nodes after its subject.
function questionItem({ path, title, subject, hue }, ...more) {
  const [known] = (typeof hue == "string" && hue.match(/\bhue-\d+/)) || [""]; // a browser extension may have added classes
  return element("li", {},
    element("a", { href: path, dir: "auto", textContent: title }),
    element("p", { className: "note " + known }, element("span", { className: "subject", textContent: subject }), ...more),
  );
}
