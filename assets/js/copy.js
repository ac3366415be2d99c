// Copying: code, formulas as LaTeX, links to headings.

// copy puts text on the clipboard, for word processors as html, and says what it
// was.
function copy(text, what, html = "") {
  const forms = { "text/plain": text, ...(html && { "text/html": html }) };
  return navigator.clipboard.write([new ClipboardItem(forms)]).then(
    () => tell(what + " copied"),
    () => tell("Your browser did not allow copying"),
  );
}

// copyButton returns a button that copies what text() gives.
function copyButton(what, text) {
  const button = element("button", { type: "button", className: "copy", textContent: "Copy", ariaLabel: "Copy " + what });
  button.onclick = () => copy(text(), what[0].toUpperCase() + what.slice(1));
  return button;
}

// latex returns the source of a formula between its delimiters.
function latex(math) {
  const source = math.querySelector("annotation").textContent;
  const fence = math.getAttribute("display") == "block" ? "$$" : "$";
  return fence + source + fence;
}

// Browsers give the clipboard to pages that come over https.
if (navigator.clipboard) {
  for (const code of document.querySelectorAll(".code")) {
    code.append(copyButton("code", () => code.querySelector("pre").textContent));
  }
  for (const formula of document.querySelectorAll(".formula")) {
    const box = element("span", { className: "copyable" });
    formula.replaceWith(box);
    box.append(formula, copyButton("LaTeX", () => [...formula.querySelectorAll("math")].map(latex).join("\n")));
  }
  addEventListener("dblclick", (event) => {
    const math = event.target.closest("math");
    if (math) copy(latex(math), "LaTeX");
  });
  addEventListener("click", (event) => {
    const link = event.target.closest(".answer :is(h2, h3, h4, h5, h6) > a");
    if (link) copy(link.href, "Link");
  });
}

// What is copied together with the text around it is LaTeX, too.
addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || event.target.closest("input, textarea")) return;
  const chosen = selection.getRangeAt(0).cloneContents();
  const formulas = chosen.querySelectorAll("math");
  if (!formulas.length) return;
  for (const button of chosen.querySelectorAll("button")) button.remove();
  const html = element("div", {}, chosen.cloneNode(true)).innerHTML;
  for (const math of formulas) {
    if (math.querySelector("annotation")) math.replaceWith(latex(math)); // else only a part is chosen
  }
  for (const cell of chosen.querySelectorAll(":is(td, th) + :is(td, th)")) cell.prepend("\t");
  for (const table of chosen.querySelectorAll("table")) table.replaceWith([...table.rows].map((row) => row.textContent + "\n").join(""));
  for (const block of chosen.querySelectorAll("p, h1, h2, h3, h4, h5, h6, pre, blockquote, .table")) block.append("\n");
  event.clipboardData.setData("text/plain", chosen.textContent.trim().replace(/\n{3,}/g, "\n\n"));
  event.clipboardData.setData("text/html", html);
  event.preventDefault();
});
