// Tells which rows of a long list are in sight, and keeps room for those that are not there. The room is set by the
// object model: the content security policy lets no style attribute through.
const guess = 64;

export function watch(list, page) {
  const rows = list.querySelector("ul");
  let asked = "";
  let frame = 0;

  const height = () => {
    const count = rows.children.length;
    return count > 0 ? rows.offsetHeight / count : guess;
  };

  const layOut = () => {
    const one = height();
    for (const space of list.querySelectorAll("[data-rows]")) {
      space.style.height = `${Number(space.dataset.rows) * one}px`;
    }
  };

  const look = () => {
    frame = 0;
    const one = height();
    const first = Math.max(0, Math.floor(-list.getBoundingClientRect().top / one));
    const last = first + Math.ceil(innerHeight / one);
    const question = `${Math.floor(first / 10)}-${Math.floor(last / 10)}`;
    if (question !== asked) {
      asked = question;
      page.invokeMethodAsync("ShowRowsAsync", first, last);
    }
  };

  const soon = () => {
    frame ||= requestAnimationFrame(look);
  };

  const changes = new MutationObserver(() => {
    layOut();
    asked = "";
    soon();
  });
  changes.observe(list, { attributes: true, attributeFilter: ["data-rows"], childList: true, subtree: true });
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  layOut();
  soon();
  return {
    stop() {
      changes.disconnect();
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    },
  };
}
