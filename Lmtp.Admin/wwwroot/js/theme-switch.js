// <theme-switch> goes through the system's theme, light and dark. The server reads the cookie and renders the choice into
// the page, so that the next one comes in the right colours at once.
const order = ["system", "light", "dark"];
const root = document.documentElement;
const year = 365 * 24 * 60 * 60;

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "theme-button";
    this.button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><use></use></svg>';
    this.button.addEventListener("click", () => this.choose(order[(order.indexOf(this.theme) + 1) % order.length]));
    this.replaceChildren(this.button);
    this.show();
  }

  get theme() {
    return root.dataset.theme ?? "system";
  }

  choose(theme) {
    if (theme === "system") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }

    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `lmtp.theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme === "system" ? 0 : year}${secure}`;
    this.show();
  }

  show() {
    this.button.ariaLabel = this.button.title = this.dataset[this.theme];
    this.button.querySelector("use").setAttribute("href", `icons.svg#theme-${this.theme}`);
  }
}

customElements.define("theme-switch", ThemeSwitch);
