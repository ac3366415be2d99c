// Marks the section being read in the contents list.

const contents = document.querySelector(".contents");
if (contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash).slice(1)));
  // The scroll position after a jump to a section. While the page stays there, that
  // section is marked, even if it is too near the end to reach the top of the screen.
  let arrived;
  const mark = () => {
    const tops = headings.map((heading) => heading.getBoundingClientRect().top);
    const chosen = links.findIndex((link, i) => scrollY == arrived && link.hash == location.hash && tops[i] > -1 && tops[i] < innerHeight);
    const current = chosen >= 0 ? chosen : tops.filter((top) => top < innerHeight / 8).length - 1;
    links.forEach((link, i) => {
      if (i == current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  requestAnimationFrame(mark); // with the next frame, which needs a layout anyway
  addEventListener("scroll", mark, { passive: true });
  addEventListener("hashchange", () => {
    arrived = scrollY;
    mark();
  });
  // In the margin of a wide screen the list is always open, and there is nothing to toggle.
  const wide = matchMedia("(min-width: 48rem)");
  const details = contents.firstElementChild;
  const open = () => {
    details.open = wide.matches;
    details.firstElementChild.tabIndex = wide.matches ? -1 : 0;
  };
  open();
  wide.onchange = open;
  details.ontoggle = () => wide.matches && open();
}
