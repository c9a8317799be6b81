package check

import (
	"slices"
	"testing"

	"github.com/jam-go/jam/internal/htmlscan"
)

// TestSyntaxMessages has each parse error say where it is and what is wrong. The pages end after the text.
func TestSyntaxMessages(t *testing.T) {
	tests := []struct {
		code          htmlscan.Code
		html, message string
	}{
		{htmlscan.AbruptComment, "‸<!-->", "a comment can't end right after its <!--"},
		{htmlscan.AttributeName, `<p a‸"b>`, "a quote or < in the name of an attribute; one before it may lack its closing quote"},
		{htmlscan.BadComment, "‸<!x>", "<! begins neither a comment nor a doctype"},
		{htmlscan.BadCommentEnd, "<!-- a --‸!>", "a comment ends with -->, not --!>"},
		{htmlscan.BadReference, "‸&#0; x", "the character reference stands for no character: &#0;"},
		{htmlscan.BadTagStart, "‸<3", "a < that begins no tag; write &lt;"},
		{htmlscan.CdataInHTML, "‸<![CDATA[x]]>", "CDATA sections are for SVG and MathML only"},
		{htmlscan.DuplicateAttribute, `<p lang="en" ‸lang="de">`, "the tag has the attribute lang already"},
		{htmlscan.EndTagAttributes, `<p></p ‸a="b">`, "an end tag can't have attributes"},
		{htmlscan.EndTagSolidus, "<b></b‸/>", "an end tag can't end with />"},
		{htmlscan.EOFInCdata, "<svg>‸<![CDATA[x", "the CDATA section has no end"},
		{htmlscan.EOFInComment, "‸<!-- x", "the comment has no end"},
		{htmlscan.EOFInDoctype, "‸<!doctype", "the doctype has no end"},
		{htmlscan.EOFInTag, `‸<p title="x>y</p>`, "the tag has no end; a quote of an attribute may not be closed"},
		{htmlscan.EqualsSign, "<p ‸=a>", "an equals sign before the name of an attribute"},
		{htmlscan.MissingEndTagName, "‸</>", "an end tag without a name"},
		{htmlscan.MissingSemicolon, "‸&copy 2026", "the character reference has no semicolon; if it is meant to be none, write &amp;: &copy"},
		{htmlscan.MissingSpace, `<p class="a"‸id="b">`, "no white space between attributes"},
		{htmlscan.MissingValue, "<p class=‸>", "the attribute has an equals sign and no value"},
		{htmlscan.NestedComment, "<!-- ‸<!-- -->", "a comment in a comment, whose end is that of both"},
		{htmlscan.NoDigits, "‸&#x;", "a character reference without digits"},
		{htmlscan.NullCharacter, "<p a‸\x00b>", "a NUL character in a tag"},
		{htmlscan.QuestionMark, "‸<?php x ?>", "<? begins an instruction of XML or PHP, not of HTML"},
		{htmlscan.SolidusInTag, "<p a ‸/ b>", "a slash between attributes"},
		{htmlscan.UnknownReference, "‸&nosuch; x", "no such character reference; if it is meant to be none, write &amp;: &nosuch;"},
		{htmlscan.UnquotedValue, "<p class=a‸'b>", "a quote, <, = or grave accent in a value without quotes"},
	}
	for i, tt := range tests {
		if want := htmlscan.Code(i + 1); tt.code != want {
			t.Fatalf("test %d is of code %d; each is wanted in its order", i, tt.code)
		}
		page, line, column := cut(t, pageHead+tt.html)
		rule := "html-syntax"
		if tt.code == htmlscan.DuplicateAttribute {
			rule = "attribute-duplicate"
		}
		found := checkPage(t, page, nil)
		if !slices.ContainsFunc(found, func(f Finding) bool {
			return f.Rule == rule && f.Line == line && f.Column == column && f.Message == tt.message
		}) {
			t.Errorf("%q: want %d:%d %s: %s; got:\n%s", tt.html, line, column, rule, tt.message, lines(found))
		}
	}
	if last := len(tests); last != int(htmlscan.UnquotedValue) {
		t.Errorf("%d codes are tested, of %d", last, htmlscan.UnquotedValue)
	}
}
