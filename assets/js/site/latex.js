// Copies formulas as LaTeX, also as part of the text around them.

// latex returns the source of a formula between its delimiters.
function latex(math) {
  const source = math.querySelector("annotation").textContent;
  const fence = math.getAttribute("display") == "block" ? "$$" : "$";
  return fence + source + fence;
}

addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || event.target.closest("input, textarea")) return;
  const chosen = selection.getRangeAt(0).cloneContents();
  const formulas = chosen.querySelectorAll("math");
  if (!formulas.length) return;
  for (const button of chosen.querySelectorAll("button")) button.remove();
  const html = element("div", {}, chosen.cloneNode(true)).innerHTML;
  for (const math of formulas) {
    if (math.querySelector("annotation")) math.replaceWith(latex(math)); // else only part of the formula is selected
  }
  for (const cell of chosen.querySelectorAll(":is(td, th) + :is(td, th)")) cell.prepend("\t");
  for (const table of chosen.querySelectorAll("table")) table.replaceWith([...table.rows].map((row) => row.textContent + "\n").join(""));
  for (const block of chosen.querySelectorAll("p, h1, h2, h3, h4, h5, h6, pre, blockquote, .table")) block.append("\n");
  event.clipboardData.setData("text/plain", chosen.textContent.trim().replace(/\n{3,}/g, "\n\n"));
  event.clipboardData.setData("text/html", html);
  event.preventDefault();
});
