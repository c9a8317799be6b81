package feeds

// MarkdownHeading returns plain text as the text of a heading in Markdown, in one line.
func MarkdownHeading(s string) string { return string(appendHeading(nil, s)) }

// MarkdownParagraph returns plain text as a paragraph of Markdown, in one line.
func MarkdownParagraph(s string) string {
	if isEmptyLine(s) {
		return ""
	}
	return string(appendParagraph(nil, s))
}

// MarkdownLink returns an item of a list in Markdown, a link with its description, and a line break.
func MarkdownLink(l Link) string { return string(appendMarkdownLink(nil, l)) }
