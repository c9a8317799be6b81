// Package markdown renders Markdown as HTML, with what a site needs around it:
// links that resolve, a summary, headings for a table of contents, a word
// count, and a position for every problem. It is built on goldmark: its tree, its
// parsers of most blocks, and its extensions. What drives them, and what parses the most frequent
// inline elements, is of this package, with the same result in less time.
//
// # The language
//
// The zero [Config] reads CommonMark 0.31 with:
//
//   - GitHub Flavored Markdown: tables, strikethrough, task lists, literal
//     autolinks (www., http, https, ftp, mailto, xmpp, and mail addresses);
//   - footnotes and definition lists in the manner of PHP Markdown Extra;
//   - an id for every heading, and attributes (below);
//   - alerts (below), typographic quotes, dashes and ellipses;
//   - line breaks between Chinese or Japanese characters that leave no space.
//
// A field of Config turns each of these off. What is left when all are off is
// CommonMark. Raw HTML is left out, and each omission reported, unless
// Config.Unsafe is set; comments are left out in silence. Line endings are LF,
// CRLF or CR.
//
// # Heading ids
//
// An id is made as GitHub makes it: the heading's text in lower case, without
// what is not a letter, mark, digit, underscore, hyphen or space, and with a
// hyphen for each space. The second heading of the same text has -1 appended,
// the third -2; a heading without such characters is "heading". An id that
// the author wrote is never given to another heading.
//
// # Attributes
//
// A list in braces sets attributes: of a heading at the end of its line, of a
// fenced code block at the end of its info string, and of any other block on
// the line after it.
//
//	## Setup {#setup .wide data-step=2}
//
//	A paragraph.
//	{.lead title="the first"}
//
// .name adds a class, #name sets the id, name=value sets an attribute; a value
// with white space or punctuation stands in double quotes. Unless
// Config.Unsafe is set, only attributes that can do no harm are written:
// class, id, lang, dir, title, role, data-*, aria-* and the like. Others
// (style, event handlers) are left out and reported. On a fenced code block
// unknown names are options for a highlighter and never written.
//
// # Untrusted authors
//
// With Config.Untrusted, links and images have only relative addresses and those that begin with
// http:, https:, mailto: or tel:, and no data of images. The attributes that are written are
// id, lang, dir, title, translate, width, height, align, valign, start, reversed, type, value,
// colspan, rowspan, scope, abbr and open; an id that an author sets has letters, digits, hyphens and
// underscores only, and no value has a double or back quote, < or >. Hooks get no other attributes either, and code has no options that set styles. What is
// left out is reported. Raw HTML is left out, whatever Config.Unsafe says.
//
// # Alerts
//
// A blockquote whose first line is [!NOTE], or another word of letters, digits
// and hyphens in any case, is an alert. Text after the bracket is its title; the
// default is the word itself, which [Source.AlertTitle] can translate.
//
//	<div class="alert alert-note" role="note">
//	<p class="alert-title">Note</p>
//	<p>The text.</p>
//	</div>
//
// With a plus or minus sign after the bracket it can be folded, and is open or
// folded at first: the same in <details> and <summary>.
//
// # Passthrough and diagrams
//
// What stands between the delimiters of Config.Passthrough, such as mathematics, is no
// Markdown; it is written as it is, with them, in an element for a script to find. So is
// a fenced code block of the language math or, with Config.Diagrams, mermaid.
//
//	<span class="math inline">$a_b$</span>
//	<div class="math display">$$
//	a_b
//	$$</div>
//	<pre class="mermaid">a --&gt; b</pre>
//
// # Inserts and hooks
//
// A program can put finished HTML into a document, at markers of package insert in its
// text: [Source.Inserts]. A marker is treated as a word of the text; what stands for it is not
// read as Markdown. The author gains nothing by writing a marker: it
// stands for what is in the document anyway, or for nothing.
//
// [Hooks] render elements in place of this package, as Hugo's render hooks do.
//
// # Words
//
// Words are counted in what a reader sees, code included, footnote references
// not. A word is what stands between white space; but each Chinese, Japanese or
// Korean character is a word, also a punctuation mark of these scripts, and other
// text among them counts by itself. (Hugo counts each letter of such text.)
//
// # Beyond the specifications
//
// A literal autolink may also follow a quotation mark or a CJK character, and
// ends before one. A check box and its text are in a label. A link or an image
// whose address is left out has no href, or is its text. Two examples of the
// GitHub Flavored Markdown specification, which builds on CommonMark 0.29, differ
// because CommonMark 0.31 changed what an HTML comment is.
//
// # Limits
//
// These are errors with their position, because the parser's time or stack would
// grow beyond reason: blocks that nest deeper than 200 levels, where a list and
// its item are two; more than 10,000 brackets and emphasis marks in one
// paragraph, heading or table row; more than 10,000 lines of link definitions
// without a blank line; more than 20,000 footnotes and references to them; link
// definitions or a table's empty cells that would swell the page.
// Cancelling the context ends a parse soon, also in the middle of a paragraph.
package markdown
