// Runs inside the frame of a mail, which has an origin of its own and may fetch nothing. The HTML has been cleaned by the
// portal; what a browser makes of it is cleaned here once more, before it is shown.
(() => {
  const tags = [
    "a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
    "wbr",
  ];
  const addresses = ["href", "src"];
  const attributes = [
    "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "cols", "colspan", "dir", "face", "height", "lang",
    "rel", "rowspan", "size", "start", "style", "target", "title", "type", "valign", "width",
  ];
  const inlineImage = /^data:image\/(?:gif|jpeg|png|webp);base64,/i;
  const suspiciousStyle = /[\\@]|url|image|position|var\(/i;
  DOMPurify.addHook("uponSanitizeAttribute", (_, attribute) => {
    if ((attribute.attrName === "src" && !inlineImage.test(attribute.attrValue))
      || (attribute.attrName === "style" && suspiciousStyle.test(attribute.attrValue))) {
      attribute.keepAttr = false;
    }
  });
  const clean = DOMPurify.sanitize(document.body.dataset.mail, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: [...attributes, ...addresses],
    ADD_URI_SAFE_ATTR: attributes,
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
    RETURN_DOM_FRAGMENT: true,
  });
  document.body.removeAttribute("data-mail");
  document.body.append(clean);

  // The portal's page makes the frame as high as the mail, so that there is one scroll bar only.
  const tell = () => parent.postMessage({ mailHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.documentElement);

  // What is out of sight is not laid out of itself, and nothing observes it; but it answers.
  window.addEventListener("message", event => event.source === parent && tell());
})();
