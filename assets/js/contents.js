// The contents list marks the section that is being read.

const contents = document.querySelector(".contents");
if (contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash).slice(1)));
  const mark = () => {
    const current = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    links.forEach((link, i) => link.ariaCurrent = i == current ? "location" : null);
  };
  requestAnimationFrame(mark); // with the next frame, for which the page is laid out anyway
  addEventListener("scroll", mark, { passive: true });
  // In the margin of a wide screen the list is always shown: say so.
  const wide = matchMedia("(min-width: 48rem)");
  const open = () => contents.firstElementChild.open = wide.matches;
  open();
  wide.onchange = open;
}
