// Package highlight colours code in Markdown by its syntax, without JavaScript. It
// is an extension for the Markdown of jam, in place of goldmark's own rendering of
// fenced code, built on the lexers and styles of chroma.
//
//	cfg := &jam.Config{Markdown: jam.Markdown{
//		Extensions: []goldmark.Extender{highlight.New(highlight.Options{})},
//	}}
//
// The HTML has classes, with the names that Pygments and chroma give them; [CSS]
// writes a style sheet for them, light and dark. [Options.Inline] makes it have
// style attributes instead, which need no style sheet and have one set of colours.
//
// # Fences
//
// What follows a fence is the language, and then options, which may stand in braces:
//
//	```go {title="main.go" hl_lines="2 4-6" linenos=true linenostart=10}
//
// The language is a name, an alias or a file extension that chroma knows. Code in another
// one is left plain, which takes no time, and [Options.Unknown] is told of it. Names of
// options are the usual ones:
//
//   - title, or file, filename, name: a caption, such as the name of a file. The
//     block is a figure with a figcaption.
//   - hl_lines: lines to mark, as "2 4-6" or [2,"4-6"], counted from the block's first
//     line, which is 1. Without a name, in braces of their own: {2,4-6}.
//   - ins_lines and del_lines, or ins and del: lines to show as inserted and deleted.
//   - linenos, or showLineNumbers, lineNumbers, numberLines: line numbers, or with linenos=false none;
//     inline and table count as true. They are not part of the text: who copies the code doesn't get them.
//   - linenostart, or lineno_start: the first line's number.
//   - anchorlinenos: line numbers are links to their line; lineanchors is the
//     prefix of the ids, which by default is the block's id, or hl- and its place on the page.
//   - tabwidth: the width of a tab, in characters.
//   - noclasses: style attributes for this block, as with Options.Inline; style is the
//     style of such a block, and implies it.
//   - hl_inline: only a code element, to stand in a line of text.
//
// Classes, id and other attributes in braces are those of the pre element, as without this
// package. Other options are for others and ignored; but lines that the block doesn't have, values
// of the wrong kind, and unknown names that begin with hl_ or lineno are reported, in
// jam as a warning with its position.
//
// # HTML
//
//	<figure class="highlight"><figcaption>main.go</figcaption>
//	<pre class="chroma" tabindex="0"><code class="language-go" data-lang="go">…</code></pre>
//	</figure>
//
// The tabindex lets the keyboard scroll a block that is wider than the page. A line stands in
// an element of its own only where it needs one: a span, a mark, an ins or a del, of class
// line, with its number as data-line.
//
// # Limits
//
// Code of more than 256 kB, and of more than 16 kB where chroma sees the whole at once (such as
// HTML with templates), is left plain; so is code on which a lexer fails, or works for more
// than ten seconds. The text is never changed: whatever a lexer does, a reader sees what the author wrote.
//
// # Costs
//
// Importing this package adds 4.6 MB to a program (4 MB to one without debugging information), and
// about 20 ms and 5 MB of allocations to its start: chroma reads the definitions of all its lexers and
// styles then. A lexer is compiled when it is first used, which can take some milliseconds. Highlighting takes some milliseconds for a kilobyte of code;
// what was highlighted is kept (up to 32 MB for each [Highlighter]), so that the same
// code is highlighted once, also when a site is loaded again.
package highlight
