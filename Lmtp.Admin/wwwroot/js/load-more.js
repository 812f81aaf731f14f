// Presses the button inside before the reader gets to it. Whoever has no observer, or is faster, presses it himself.
const ahead = "800px";

class LoadMore extends HTMLElement {
  connectedCallback() {
    this.observer = new IntersectionObserver(
      entries => entries.some(entry => entry.isIntersecting) && this.querySelector("button")?.click(),
      { rootMargin: `${ahead} 0px` });
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }
}

customElements.define("load-more", LoadMore);
