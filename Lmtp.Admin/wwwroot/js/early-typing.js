// A page is shown before it is interactive, and drawn anew when it becomes so. What was entered by then, and where, is carried
// over into the new fields, as long as they come soon.
const patience = 30_000;
const early = document.querySelector("main[data-interactive=false]");

const fieldsOf = root => {
  const counts = new Map();
  return new Map([...root.querySelectorAll("input:not([type=file]), select, textarea")].map(field => {
    const name = field.id || field.ariaLabel || field.name;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return [`${name} ${counts.get(name)}`, field];
  }));
};

const entered = field => {
  switch (field.type) {
    case "checkbox":
    case "radio":
      return field.checked !== field.defaultChecked;
    case "select-one":
      return field.value !== ([...field.options].find(option => option.defaultSelected) ?? field.options[0])?.value;
    default:
      return field.value !== field.defaultValue;
  }
};

const carryOver = (from, to) => {
  if ("checked" in from) {
    to.checked = from.checked;
  }

  to.value = from.value;
  to.dispatchEvent(new Event("input", { bubbles: true }));
  to.dispatchEvent(new Event("change", { bubbles: true }));
};

const focus = (from, to) => {
  to.focus({ preventScroll: true });
  if (typeof from.selectionStart === "number") {
    to.setSelectionRange(from.selectionStart, from.selectionEnd);
  }
};

const watch = () => {
  const path = location.pathname;
  let focused = null;
  let left = null;
  const follow = event => focused = event.target;
  const end = observer => {
    observer.disconnect();
    document.removeEventListener("focusin", follow);
  };

  document.addEventListener("focusin", follow);
  follow({ target: document.activeElement });
  new MutationObserver((_, observer) => {
    if (early.isConnected) {
      return;
    }

    if (!left) {
      left = [...fieldsOf(early)].filter(([, field]) => field === focused || entered(field));
      setTimeout(end, patience, observer);
    }

    const fields = fieldsOf(document);
    left = left.filter(([name, from]) => {
      const to = fields.get(name);
      if (!to) {
        return true;
      }

      if (entered(from)) {
        carryOver(from, to);
      }

      if (from === focused) {
        focus(from, to);
      }

      return false;
    });

    if (left.length === 0 || location.pathname !== path) {
      end(observer);
    }
  }).observe(document.body, { childList: true, subtree: true });
};

if (early) {
  watch();
}
