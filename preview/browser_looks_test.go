package preview_test

// What the preview adds to a page, as JavaScript.
const (
	// shownHTML is the normal form of what the page shows, without what the preview adds.
	shownHTML = `() => {
		const root = document.documentElement.cloneNode(true);
		for (const e of root.querySelectorAll("script, jam-preview")) e.remove();
		for (const e of root.querySelectorAll("link")) e.setAttribute("href", e.getAttribute("href").replace(location.origin, "").replace(/\?.*/, ""));
		return root.outerHTML;
	}`
	// added are the roots of what the preview adds.
	added = `[...document.querySelectorAll("jam-preview")].map(e => e.shadowRoot)`
	// overlayShown is true if there is a message about mistakes, over the page or on one of its own.
	overlayShown = `(` + added + `.some(e => e.querySelector("dialog")?.open) || document.querySelector("main.jam") !== null)`
	// overlayText is its text.
	overlayText = `((` + added + `.map(e => e.querySelector("dialog")).find(e => e?.open) ?? document.querySelector("main.jam"))?.textContent ?? "")`
	// badgeText is the text of the mark of a page that a build leaves out.
	badgeText = `(` + added + `.map(e => e.querySelector("aside")?.textContent ?? "").join(""))`
)
