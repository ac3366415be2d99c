// Copying: code, formulas as LaTeX, links to headings.

// copy puts text on the clipboard, with html for word processors, and announces what was
// copied. Older browsers accept only text, or only Blobs.
async function copy(text, what, html) {
  const form = (type, content) => ({ [type]: new Blob([content], { type }) });
  try {
    if (html && window.ClipboardItem) await navigator.clipboard.write([new ClipboardItem({ ...form("text/plain", text), ...form("text/html", html) })]);
    else await navigator.clipboard.writeText(text);
    announce(what + " copied");
  } catch {
    announce("Your browser didn’t allow copying");
  }
}

// copyButton returns a button that copies the result of text(). The number makes its
// label unique on the page.
function copyButton(what, number, text) {
  const button = element("button", { type: "button", lang: "en", className: "copy", textContent: "Copy", "aria-label": `Copy ${what} ${number}` });
  button.onclick = () => copy(text(), what[0].toUpperCase() + what.slice(1));
  return button;
}

// Browsers offer the clipboard only to pages served over HTTPS.
if (navigator.clipboard) {
  document.querySelectorAll(".code").forEach((code, i) => {
    code.append(copyButton("code", i + 1, () => code.querySelector("pre").textContent));
  });
  document.querySelectorAll(".formula").forEach((formula, i) => {
    const box = element("span", { className: "copyable" });
    formula.replaceWith(box);
    box.append(formula, copyButton("LaTeX", i + 1, () => [...formula.querySelectorAll("math")].map(latex).join("\n")));
  });
  addEventListener("dblclick", (event) => {
    const math = event.target.closest("math");
    if (math) copy(latex(math), "LaTeX");
  });
  addEventListener("click", (event) => {
    const link = event.target.closest(".answer :is(h2, h3, h4, h5, h6) > a");
    if (link) copy(link.href, "Link");
  });
}
