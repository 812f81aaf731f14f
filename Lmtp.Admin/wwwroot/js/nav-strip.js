// Where the entries do not fit side by side, the one whose page is shown is scrolled into sight.
class NavStrip extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.reveal());
    this.observer.observe(this, { subtree: true, childList: true, attributeFilter: ["class"] });
    this.reveal();
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  reveal() {
    const strip = this.querySelector("nav");
    const entry = strip?.querySelector(".active");
    if (entry && strip.scrollWidth > strip.clientWidth) {
      strip.scrollLeft = entry.offsetLeft - strip.offsetLeft - (strip.clientWidth - entry.offsetWidth) / 2;
    }
  }
}

customElements.define("nav-strip", NavStrip);
