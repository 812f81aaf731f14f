// Holds the frame of a mail and makes it as high as the mail is. All that is taken from the frame is a number.
const lowest = 96;
const highest = 20000;

class MailView extends HTMLElement {
  connectedCallback() {
    this.listener = event => this.resize(event);
    window.addEventListener("message", this.listener);

    // It is asked, too: what it told may have come before anybody listened. A frame's load does not bubble.
    this.addEventListener("load", () => this.ask(), true);
    this.ask();
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.listener);
  }

  ask() {
    this.querySelector("iframe")?.contentWindow?.postMessage("mailHeight", "*");
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
