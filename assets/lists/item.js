// Lists of questions that this browser keeps.

// questionItem returns a question as an item of a list.
function questionItem({ path, title, subject, hue }, ...more) {
  const [known] = (typeof hue == "string" && hue.match(/\bhue-\d+/)) || [""]; // a browser's extension may have added to it
  return element("li", {},
    element("a", { href: path, textContent: title }),
    element("p", { className: "note " + known }, element("span", { className: "subject", textContent: subject }), ...more),
  );
}
