// Shows a UTC time in the viewer's zone and language. The light DOM keeps the server's text, which Blazor owns; the
// shadow tree shows ours.
const styles = {
  brief: { recent: { hour: "2-digit", minute: "2-digit" }, older: { year: "numeric", month: "short", day: "numeric" } },
  seconds: {
    recent: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
    older: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  },
  minute: {
    recent: { hour: "2-digit", minute: "2-digit" },
    older: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  },
  full: { recent: { dateStyle: "medium", timeStyle: "medium" }, older: { dateStyle: "medium", timeStyle: "medium" } },
};
const oneDay = 24 * 60 * 60 * 1000;

class LocalTime extends HTMLElement {
  static observedAttributes = ["datetime", "data-style"];

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  connectedCallback() {
    this.show();
  }

  attributeChangedCallback() {
    this.show();
  }

  show() {
    const time = new Date(this.getAttribute("datetime"));
    if (Number.isNaN(time.getTime())) {
      this.shadowRoot.replaceChildren(document.createElement("slot"));
      return;
    }

    const style = styles[this.dataset.style] ?? styles.brief;
    const options = Date.now() - time.getTime() < oneDay ? style.recent : style.older;
    const element = document.createElement("time");
    element.dateTime = time.toISOString();
    element.title = time.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
    element.textContent = new Intl.DateTimeFormat(undefined, options).format(time);
    this.shadowRoot.replaceChildren(element);
  }
}

customElements.define("local-time", LocalTime);
