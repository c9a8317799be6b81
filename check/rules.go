package check

import "slices"

// A ruleID is the place of a rule in the table.
type ruleID uint8

const (
	anchorBroken ruleID = iota
	attributeDuplicate
	attributeObsolete
	attributeValue
	canonicalConflict
	canonicalMissing
	charsetMissing
	descriptionMissing
	doctypeMissing
	elementObsolete
	elementUnknown
	encodingInvalid
	externalBroken
	externalRedirect
	feedInvalid
	feedSyntax
	fileCase
	headingEmpty
	headingMissing
	headingMultiple
	headingOrder
	htmlNesting
	htmlSyntax
	idDuplicate
	imageAlt
	imageSize
	jsonSyntax
	langMissing
	leftoverLocalhost
	leftoverTemplate
	linkBroken
	linkCase
	linkEmpty
	linkInsecure
	linkPrefix
	linkRedirect
	linkSlash
	linkSyntax
	mixedContent
	orphanPage
	redirectChain
	redirectLoop
	referenceBroken
	sitemapBroken
	sitemapInvalid
	sitemapSyntax
	sizeBudget
	tagMisnested
	tagStray
	tagUnclosed
	titleDuplicate
	titleMissing
	ruleCount
)

// Rule describes what is checked.
type Rule struct {
	Name     string
	Severity Severity // unless [Options.Rules] says otherwise
	Finds    string   // what it finds, as a phrase
	Why      string   // what is bad about that
	Fix      string   // what to do about it, where a finding doesn't say it better
}

// Rules returns all rules, ordered by name.
func Rules() []Rule { return slices.Clone(rules[:]) }

var rules = [ruleCount]Rule{
	anchorBroken: {"anchor-broken", Error,
		"a link to an id that its page doesn't have",
		"The browser shows the page's top instead.",
		"link to an id that is there, or give the target that id"},
	attributeDuplicate: {"attribute-duplicate", Error,
		"an attribute that a tag has twice",
		"Browsers ignore the second.",
		"keep one of them"},
	attributeObsolete: {"attribute-obsolete", Warning,
		"an attribute that HTML no longer has, such as align",
		"Browsers may drop it; validators call it an error.",
		"use CSS"},
	attributeValue: {"attribute-value", Error,
		"a value that its attribute can't have: an id with white space, a width that is no number, a language code with a mistake",
		"Browsers ignore it or guess.",
		"write a value that HTML allows"},
	canonicalConflict: {"canonical-conflict", Error,
		"more than one canonical link in a page, one outside of the head, or one that leads to a redirect or a page with noindex",
		"Search engines ignore them all, or index nothing.",
		"keep one, which leads to a page that may be indexed"},
	canonicalMissing: {"canonical-missing", Warning,
		"a page without a canonical link, where the site's URL is known",
		"Copies under other URLs compete with it in search engines.",
		`add <link rel="canonical" href="…"> with the page's absolute URL`},
	charsetMissing: {"charset-missing", Warning,
		"a page that doesn't declare its encoding in the first 1024 bytes",
		"Where the server doesn't say it either, browsers guess, and é becomes Ã©.",
		`begin the head with <meta charset="utf-8">`},
	descriptionMissing: {"description-missing", Warning,
		"a page without a description, or with an empty one",
		"Search engines and previews show any text instead.",
		`add <meta name="description" content="…">`},
	doctypeMissing: {"doctype-missing", Error,
		"a page that doesn't begin with <!doctype html>",
		"Browsers lay it out in quirks mode, as they did in the nineties.",
		"begin the file with <!doctype html>"},
	elementObsolete: {"element-obsolete", Warning,
		"an element that HTML no longer has, such as center",
		"Browsers may drop it; validators call it an error.",
		"use CSS, or the element that replaced it"},
	elementUnknown: {"element-unknown", Error,
		"an element that HTML doesn't have, and whose name isn't that of a custom element",
		"It is most often a mistyped name, or a placeholder such as <name> that isn't shown.",
		"correct the name, or write &lt; for the <"},
	encodingInvalid: {"encoding-invalid", Error,
		"a page that isn't UTF-8, or holds a NUL",
		"Visitors see � in place of the character.",
		"save the file as UTF-8"},
	externalBroken: {"external-broken", Error,
		"a link to another site that answers with an error, or not at all; needs Options.External",
		"Visitors run into it.",
		"correct the link or take it out"},
	externalRedirect: {"external-redirect", Warning,
		"a link to another site that has moved for good (status 301 or 308); needs Options.External",
		"The old address may stop working.",
		"link to the new address"},
	feedInvalid: {"feed-invalid", Warning,
		"a feed (RSS, Atom, JSON Feed) that breaks its specification, or what validators ask for",
		"Some readers show it wrongly or not at all.",
		"see the specification of the format"},
	feedSyntax: {"feed-syntax", Error,
		"a feed (RSS, Atom, JSON Feed) that doesn't parse",
		"Readers refuse it.",
		"make it well-formed"},
	fileCase: {"file-case", Warning,
		"files whose names differ only in case",
		"On Windows and macOS one overwrites the other.",
		"rename one of them"},
	headingEmpty: {"heading-empty", Warning,
		"a heading without text, and without an image that has an alternative text",
		"Screen readers announce a heading and say nothing.",
		"give it a text or take it out"},
	headingMissing: {"heading-missing", Warning,
		"a page without an h1",
		"Screen readers and search engines look for it to learn what the page is about.",
		"make the page's title an h1"},
	headingMultiple: {"heading-multiple", Off,
		"a page with more than one h1",
		"HTML allows it; who lists headings can't tell which one names the page.",
		"keep one h1, and make the others h2"},
	headingOrder: {"heading-order", Warning,
		"a heading that skips a level, such as an h4 after an h2",
		"Who moves from heading to heading takes it for a gap.",
		"use the next level, and CSS for the size"},
	htmlNesting: {"html-nesting", Error,
		"an element where it can't be: a div in a p or span, a link in a link, li outside of a list, text in a table outside of its cells",
		"Browsers move or close elements, and the page's tree isn't the one that was written.",
		"move it, or use other elements"},
	htmlSyntax: {"html-syntax", Error,
		"what the HTML standard calls a parse error in a tag, comment or character reference",
		"Browsers guess what is meant.",
		"write it as HTML has it"},
	idDuplicate: {"id-duplicate", Error,
		"an id that a page has twice",
		"Links, labels and scripts reach only the first.",
		"give one of them another id"},
	imageAlt: {"image-alt", Error,
		"an image without alternative text: alt is missing, not just empty",
		"Screen readers read the file's name out.",
		`describe the image in alt, or write alt="" if it is decoration`},
	imageSize: {"image-size", Warning,
		"an image without width and height",
		"The page jumps when the image arrives.",
		"add width and height; CSS can still scale it"},
	jsonSyntax: {"json-syntax", Error,
		"JSON that doesn't parse, in a script (JSON-LD, import maps, speculation rules, data) or a file",
		"All of it is ignored.",
		"make it well-formed JSON"},
	langMissing: {"lang-missing", Warning,
		"a page whose html element has no lang",
		"Screen readers pronounce it, and browsers hyphenate and translate it, in a language that they guess.",
		`write <html lang="…">`},
	leftoverLocalhost: {"leftover-localhost", Error,
		"a link or reference to localhost; not a link whose text says so",
		"It works on the author's machine only.",
		"set the site's base URL, or write the real address"},
	leftoverTemplate: {"leftover-template", Error,
		"what a generator left: ZgotmplZ, <no value>, %!s(MISSING), a shortcode or template action as it was written; not in code",
		"Visitors see it.",
		"see what the template or shortcode is given"},
	linkBroken: {"link-broken", Error,
		"a link or reference to a file that isn't there",
		"Visitors get the error page.",
		"correct the link, or add the file"},
	linkCase: {"link-case", Error,
		"a link or reference that differs from the file's name in case",
		"It works on Windows and macOS, and is broken on most servers.",
		"write the name as the file has it"},
	linkEmpty: {"link-empty", Warning,
		"a link with an empty href, or a reference to nothing",
		"It leads to the page itself, which is loaded again.",
		"say where it leads"},
	linkInsecure: {"link-insecure", Warning,
		"a link to the site itself by http, where its URL begins with https",
		"Each visit takes a redirect, which can be intercepted.",
		"write https, or leave scheme and host out"},
	linkPrefix: {"link-prefix", Error,
		"a link to a path outside of the site's, where the site has that path below its own",
		"It works locally, and not where the site is published below a path.",
		"put the path of the site's URL before it, or make it relative"},
	linkRedirect: {"link-redirect", Off,
		"a link to a page of the site that leads on to another",
		"It takes visitors longer.",
		"link to where it leads"},
	linkSlash: {"link-slash", Warning,
		"a link to a folder without the slash at its end",
		"Servers answer with a redirect, and some not at all.",
		"end it with a slash"},
	linkSyntax: {"link-syntax", Error,
		"a link or reference that is no valid URL",
		"Browsers guess what is meant.",
		"percent-encode what can't stand in a URL"},
	mixedContent: {"mixed-content", Error,
		"an image, script, style sheet or frame by http; not where the site's own URL begins with http",
		"Browsers block it in pages that come by https.",
		"use https, or a copy of your own"},
	orphanPage: {"orphan-page", Warning,
		"a page to which no other page links; not the home page, error pages, redirects and pages with noindex",
		"Visitors don't find it.",
		"link to it, or take it out"},
	redirectChain: {"redirect-chain", Warning,
		"a redirect that leads to another one",
		"It takes visitors longer, and search engines follow a few only.",
		"lead straight to the last one"},
	redirectLoop: {"redirect-loop", Error,
		"redirects that lead back to where they began",
		"Visitors get nowhere.",
		"lead one of them to a page"},
	referenceBroken: {"reference-broken", Error,
		"an id in an attribute such as for, aria-labelledby or list that the page doesn't have",
		"The label or description is lost.",
		"name an id that is there"},
	sitemapBroken: {"sitemap-broken", Error,
		"a URL in a sitemap whose file isn't there, or is a redirect or a page with noindex",
		"Search engines trust the sitemap less.",
		"list pages that are there, and may be indexed"},
	sitemapInvalid: {"sitemap-invalid", Warning,
		"a sitemap that breaks the protocol of sitemaps.org",
		"Search engines ignore it, or the URL in question.",
		"see https://www.sitemaps.org/protocol.html"},
	sitemapSyntax: {"sitemap-syntax", Error,
		"a sitemap that doesn't parse",
		"Search engines ignore it.",
		"make it well-formed XML"},
	sizeBudget: {"size-budget", Error,
		"a file, or a page with what it loads from the site, that is larger than Options.Budgets allow",
		"It loads slowly.",
		"make it smaller, or raise the budget"},
	tagMisnested: {"tag-misnested", Error,
		"an end tag that closes an element while others, opened in it, are still open: <b><i></b></i>",
		"Browsers close and open elements as they see fit.",
		"close elements in the reverse order of opening"},
	tagStray: {"tag-stray", Error,
		"an end tag without a start tag, or a start tag where none can be",
		"Something else is missing, or is there twice.",
		"take it out"},
	tagUnclosed: {"tag-unclosed", Error,
		"an element without its end tag",
		"All that follows is inside of it.",
		"add the end tag"},
	titleDuplicate: {"title-duplicate", Warning,
		"a title that several pages of a language have; not where they have one canonical page",
		"Tabs, bookmarks and search results can't be told apart.",
		"give each page a title of its own"},
	titleMissing: {"title-missing", Error,
		"a page without a title, or with an empty one",
		"Tabs, bookmarks and search results show the URL instead.",
		"add <title>…</title> to the head"},
}
