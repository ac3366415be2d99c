// Lists of questions that this browser keeps.

// questionItem returns a question as an item of a list.
function questionItem({ path, title, subject, hue }, ...more) {
  return element("li", {},
    element("a", { href: path, textContent: title }),
    element("p", { className: "note " + (hue ?? "") }, element("span", { className: "subject", textContent: subject }), ...more),
  );
}
