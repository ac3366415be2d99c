// Citing: a copy button for each style of reference.

if (navigator.clipboard) {
  for (const reference of document.querySelectorAll(".cite dd")) {
    const { textContent, innerHTML } = reference;
    const style = reference.previousElementSibling.textContent;
    const onclick = () => copy(textContent, style, innerHTML);
    reference.previousElementSibling.append(" ", element("button", { type: "button", textContent: "Copy", "aria-label": "Copy " + style, onclick }));
  }
}
