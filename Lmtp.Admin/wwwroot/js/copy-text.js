// Copies the text of the element that the attribute "for" names, and says so for a moment.
const shown = 2000;

class CopyText extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    clearTimeout(this.timer);
  }

  async handleEvent() {
    const source = document.getElementById(this.getAttribute("for"));
    const status = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      status.textContent = this.dataset.done;
    } catch {
      // Without leave, or over plain HTTP, the text is marked so that a key press copies it.
      getSelection().selectAllChildren(source);
      status.textContent = this.dataset.failed;
    }

    clearTimeout(this.timer);
    this.timer = setTimeout(() => { status.textContent = ""; }, shown);
  }
}

customElements.define("copy-text", CopyText);
