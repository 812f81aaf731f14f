// A dialog that is shown as modal keeps the focus inside and everything behind it out of reach, as the browser does it.
class ModalDialog extends HTMLElement {
  connectedCallback() {
    // What is inside is added after the element itself.
    queueMicrotask(() => this.querySelector("dialog")?.showModal());
  }
}

customElements.define("modal-dialog", ModalDialog);
