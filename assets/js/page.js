// What the other files build on.

// element makes an element with properties and children.
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// tell shows a short message for a moment, and has it read out.
function tell(text) {
  status.textContent = text;
  clearTimeout(told);
  told = setTimeout(() => status.textContent = "", 4000);
}
const status = element("p", { className: "status", role: "status" });
let told;
document.body.append(status);
