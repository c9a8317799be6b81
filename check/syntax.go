package check

import "github.com/jam-go/jam/internal/htmlscan"

// parseErrors reports what the scanner found.
func (r *reader) parseErrors() {
	for _, p := range r.scan.Problems {
		rule, text := htmlSyntax, syntaxText(p.Code)
		if p.Code == htmlscan.DuplicateAttribute {
			rule = attributeDuplicate
			name := r.nameAt(p.Offset)
			r.found(rule, p.Offset, name, "the tag has the attribute %s already", name)
			continue
		}
		about := ""
		if p.Code == htmlscan.UnknownReference || p.Code == htmlscan.MissingSemicolon || p.Code == htmlscan.BadReference {
			about = r.referenceAt(p.Offset)
			text += ": " + about
		}
		r.found(rule, p.Offset, about, "%s", text)
	}
	r.scan.Problems = r.scan.Problems[:0]
}

// nameAt returns the attribute's name at an offset.
func (r *reader) nameAt(at int) string {
	end := at
	for end < len(r.src) && end < at+60 {
		switch r.src[end] {
		case ' ', '\n', '\t', '\r', '\f', '=', '>', '/':
			return string(r.src[at:end])
		}
		end++
	}
	return string(r.src[at:end])
}

// referenceAt returns the character reference at an offset.
func (r *reader) referenceAt(at int) string {
	end := at + 1
	for end < len(r.src) && end < at+40 {
		c := r.src[end]
		if c == ';' {
			return string(r.src[at : end+1])
		}
		if c != '#' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		end++
	}
	return string(r.src[at:end])
}

func syntaxText(code htmlscan.Code) string {
	switch code {
	case htmlscan.AbruptComment:
		return "a comment can't end right after its <!--"
	case htmlscan.AttributeName:
		return "a quote or < in the name of an attribute; one before it may lack its closing quote"
	case htmlscan.BadComment:
		return "<! begins neither a comment nor a doctype"
	case htmlscan.BadCommentEnd:
		return "a comment ends with -->, not --!>"
	case htmlscan.BadReference:
		return "the character reference stands for no character"
	case htmlscan.BadTagStart:
		return "a < that begins no tag; write &lt;"
	case htmlscan.CdataInHTML:
		return "CDATA sections are for SVG and MathML only"
	case htmlscan.EndTagAttributes:
		return "an end tag can't have attributes"
	case htmlscan.EndTagSolidus:
		return "an end tag can't end with />"
	case htmlscan.EOFInCdata:
		return "the CDATA section has no end"
	case htmlscan.EOFInComment:
		return "the comment has no end"
	case htmlscan.EOFInDoctype:
		return "the doctype has no end"
	case htmlscan.EOFInTag:
		return "the tag has no end; a quote of an attribute may not be closed"
	case htmlscan.EqualsSign:
		return "an equals sign before the name of an attribute"
	case htmlscan.MissingEndTagName:
		return "an end tag without a name"
	case htmlscan.MissingSemicolon:
		return "the character reference has no semicolon; if it is meant to be none, write &amp;"
	case htmlscan.MissingSpace:
		return "no white space between attributes"
	case htmlscan.MissingValue:
		return "the attribute has an equals sign and no value"
	case htmlscan.NestedComment:
		return "a comment in a comment, whose end is that of both"
	case htmlscan.NoDigits:
		return "a character reference without digits"
	case htmlscan.NullCharacter:
		return "a NUL character in a tag"
	case htmlscan.QuestionMark:
		return "<? begins an instruction of XML or PHP, not of HTML"
	case htmlscan.SolidusInTag:
		return "a slash between attributes"
	case htmlscan.UnknownReference:
		return "no such character reference; if it is meant to be none, write &amp;"
	case htmlscan.UnquotedValue:
		return `a quote, <, = or grave accent in a value without quotes`
	}
	return "a parse error"
}
