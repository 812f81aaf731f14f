// What somebody types is newer than whatever the portal draws meanwhile. It stays until it is handed over by Enter, a button
// or a link: an answer to what was handed over before may arrive late, and must not put the older text back.
const typedIn = new Set();

const isText = field => field instanceof HTMLTextAreaElement
  || (field instanceof HTMLInputElement && !["checkbox", "radio", "file"].includes(field.type));

const keep = field => {
  if (!typedIn.has(field)) {
    const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
    Object.defineProperty(field, "value", { configurable: true, get: () => get.call(field), set: () => { } });
    typedIn.add(field);
  }
};

const handOver = () => {
  typedIn.forEach(field => delete field.value);
  typedIn.clear();
};

document.addEventListener("input", event => isText(event.target) && keep(event.target), true);
document.addEventListener("keydown", event => event.key === "Enter" && handOver(), true);
document.addEventListener("click", event => event.target.closest("a, button, summary") && handOver(), true);
document.addEventListener("submit", handOver, true);
