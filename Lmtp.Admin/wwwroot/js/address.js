// Shows a search in the address of its page. The server says so later than somebody may have gone to another page: that one
// keeps its own address, and whoever went there stays.
globalThis.replaceAddress = address => {
  if (new URL(address).pathname === location.pathname) {
    Blazor.navigateTo(address, { replaceHistoryEntry: true });
  }
};
