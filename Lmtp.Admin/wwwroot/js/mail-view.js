// Holds the frame of a mail and makes it as high as the mail is. All that is taken from the frame is a number.
const lowest = 96;
const highest = 20000;

class MailView extends HTMLElement {
  connectedCallback() {
    this.listener = event => this.resize(event);
    window.addEventListener("message", this.listener);
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.listener);
  }

  resize(event) {
    const frame = this.querySelector("iframe");
    const height = event.data?.mailHeight;
    if (frame && event.source === frame.contentWindow && Number.isFinite(height)) {
      // The border comes on top.
      frame.style.height = `${Math.min(Math.max(height, lowest), highest) + 2}px`;
    }
  }
}

customElements.define("mail-view", MailView);
