// What Blazor's events cannot do in time for a drag within a list: Firefox drags nothing that brings no data along, and a
// place takes a drop only where dragging over it is answered at once.
const isEntry = (event) => event.target instanceof Element && event.target.closest("[data-drag]") !== null;

document.addEventListener("dragstart", (event) => {
  if (isEntry(event)) {
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.effectAllowed = "move";
  }
});

document.addEventListener("dragover", (event) => {
  if (isEntry(event)) {
    event.preventDefault();
  }
});
