// The secret of a one-time link stands behind the "#", which a browser sends to nobody. It is handed over in the body
// of a form and taken out of the address, so that neither history nor logs keep it.
const form = document.querySelector("form[data-hand-over]");
const token = location.hash.slice(1);
if (form && token) {
  history.replaceState(null, "", location.pathname);
  form.querySelector("input[name='Input.Token']").value = token;
  form.submit();
}
