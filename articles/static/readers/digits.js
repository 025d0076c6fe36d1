// The digits of an Arabic page as its reader likes them: ١٢٣, 123, or as each story was written. The choice is kept with
// the others in this browser (see theme.js); here the page's own words follow it, and nothing that is typed or sent.
(() => {
  const root = document.documentElement;
  const written = new WeakMap();
  const zero = { arab: 0x660, latn: 0x30 };
  const apart = "script, style, input, textarea, select, code, svg, [data-reading], [lang]:not(:lang(ar))";
  const change = (text) => {
    const first = zero[root.dataset.digits];
    if (first === undefined) return text;
    return text.replace(/[0-9٠-٩]/g, (digit) => String.fromCharCode(first + (digit.charCodeAt(0) & 0xf)));
  };
  const show = () => {
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const before = written.get(node) ?? node.data;
      if (!/[0-9٠-٩]/.test(before) || node.parentElement.closest(apart)) continue;
      written.set(node, before);
      const after = change(before);
      if (after !== node.data) node.data = after;
    }
  };
  if (root.dataset.digits) show();
  new MutationObserver(show).observe(root, { attributeFilter: ["data-digits"] });
})();
