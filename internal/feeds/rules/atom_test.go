package rules

import "testing"

const atomDoc = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>T</title>
<subtitle type="html">&lt;b></subtitle>
<id>urn:x:feed</id>
<link rel="self" href="https://example.com/feed"/>
<link href="https://example.com/" hreflang="en"/>
<link href="https://example.com/de/" hreflang="de"/>
<updated>2026-03-09T12:30:05.25+02:00</updated>
<author><name>Ann</name><uri>https://ann.example/</uri><email>ann@example.com</email></author>
<category term="c" scheme="https://example.com/c/"/>
<generator uri="https://example.org/">G</generator>
<icon>https://example.com/i.png</icon>
<rights type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">R <a href="https://example.com/">x</a></div></rights>
<entry>
<title>One</title>
<id>urn:x:1</id>
<link rel="alternate" href="https://example.com/1/" type="text/html" length="1"/>
<published>2026-03-01T00:00:00Z</published>
<updated>2026-03-01T00:00:00Z</updated>
<summary>S</summary>
<content type="html"><![CDATA[<p>x]]></content>
</entry>
<entry>
<title/>
<id>urn:x:2</id>
<updated>2026-03-01T00:00:00Z</updated>
<summary>S</summary>
<content src="https://example.com/2.pdf" type="application/pdf"/>
<source><title>S</title><author><name>B</name></author></source>
</entry>
</feed>
`

func TestAtom(t *testing.T) {
	atom := func(b []byte) []Problem { return Atom(b, "https://example.com/feed") }
	check(t, atomDoc, atom, append(xmlBreaches("feed"), []breach{
		{`xmlns="http://www.w3.org/2005/Atom"`, "", "2:1: element: the root element is feed, not feed of the namespace http://www.w3.org/2005/Atom"},
		{"<title>T</title>", "", "2:1: required: feed has no title"},
		{"<title>T</title>", "<title>T</title><title/>", "3:17: duplicate: a second title in feed"},
		{"<title>T", "<title>T<b xmlns='urn:x'/>", "type: title holds elements, which only the type xhtml allows"},
		{"<title>T", "<title type='text/html'>T", `type: the type of title is "text/html", not text, html or xhtml`},
		{"&lt;b>", "&lt;a href=x>", `relative: the HTML has the relative URL "x" in a href`},
		{"<id>urn:x:feed</id>", "", "required: feed has no id"},
		{"<id>urn:x:feed", "<id>feed", `id: id: "feed" is no absolute URL: it has no scheme, such as https`},
		{"<id>urn:x:feed<", "<id>urn:x:feed\n<", "syntax: there is white space around the value of id"},
		{"<uri>", "<uri> ", "syntax: there is white space around the value of uri"},
		{"<email>", "<email> ", "syntax: there is white space around the value of email"},
		{"</feed>", "<icon>https://example.com/</icon></feed>", "32:1: duplicate: a second icon in feed\n32:1: order: icon comes after an entry"},
		{"</feed>", "<category term='x'/></feed>", "32:1: order: category comes after an entry"},
		{"<icon>", "<ikon/><icon>", `element: feed can't hold ikon (did you mean "icon"?)`},
		{"<icon>https:", "<icon>", `url: "//example.com/i.png" is no absolute URL: it has no scheme, such as https`},
		{`<link rel="self" href="https://example.com/feed"/>`, "", `2:1: self: feed has no link with rel="self" to name the feed's address`},
		{"https://example.com/feed", "https://example.com/", "6:1: self: the feed's address is https://example.com/feed, not https://example.com/"},
		{`hreflang="de"`, `hreflang="en"`, `8:1: duplicate: a second alternate link of type "" and language "en"`},
		{`hreflang="de"`, `hreflang="d"`, `language: "d" is no language tag: a language has at least two letters`},
		{`href="https://example.com/de/"`, "", "required: link has no attribute href"},
		{`href="https://example.com/de/"`, `href="/de/"`, `url: "/de/" is no absolute URL: it has no scheme, such as https`},
		{`href="https://example.com/de/"`, `href="/de/" xml:base="https://example.com/"`, ""},
		{`rel="alternate"`, `rel="urn:"`, `url: "urn:" has nothing after its scheme`},
		{`type="text/html"`, `type="html"`, `type: "html" is no media type such as audio/mpeg`},
		{`length="1"`, `length="one"`, `type: length is "one", not a whole number`},
		{"12:30:05.25+02:00", "12:30:05.25", `date: "2026-03-09T12:30:05.25" is no date such as 2006-01-02T15:04:05Z`},
		{"2026-03-09T12", "2026-02-30T12", `date: "2026-02-30T12:30:05.25+02:00" is no date such as 2006-01-02T15:04:05Z`},
		{"<published>2026-03-01T", "<published>2026-03-01t", `date: "2026-03-01t00:00:00Z" is no date such as 2006-01-02T15:04:05Z`},
		{"<updated>2026-03-01T00:00:00Z</updated>", "", "15:1: required: entry has no updated"},
		{"<name>Ann</name>", "", "required: author has no name"},
		{"<name>Ann</name>", "<name/>", "required: name is empty"},
		{"<name>Ann", "<url/><name>Ann", `element: author can't hold url (did you mean "uri"?)`},
		{"<uri>https://ann.example/", "<uri>ann", `url: "ann" is no absolute URL: it has no scheme, such as https`},
		{"ann@example.com", "ann", `author: "ann" is no e-mail address`},
		{"<author><name>Ann</name><uri>https://ann.example/</uri><email>ann@example.com</email></author>", "", "author: neither the entry nor the feed has an author"},
		{`term="c"`, "", "required: category has no attribute term"},
		{`scheme="https://example.com/c/"`, `scheme="c"`, `url: "c" is no absolute URL: it has no scheme, such as https`},
		{`uri="https://example.org/"`, `uri="org"`, `url: "org" is no absolute URL: it has no scheme, such as https`},
		{`<div xmlns="http://www.w3.org/1999/xhtml">`, "<div>", "type: rights of type xhtml must hold one div of XHTML"},
		{`<a href="https://example.com/">`, `<a href="/">`, `relative: the XHTML has the relative URL "/" in a href`},
		{`<a href="https://example.com/">x</a>`, `<b xmlns=""/>`, "type: b isn't of the namespace of XHTML"},
		{`<a href="https://example.com/">`, `<script/><a>`, "script: the XHTML has a script element"},
		{"<p>x]]>", "<p onclick=x>]]>", "script: the HTML has the event attribute onclick in p"},
		{"<id>urn:x:2", "<id>urn:x:1", `26:1: id: another entry has the id "urn:x:1"`},
		{"<content type=\"html\"><![CDATA[<p>x]]></content>", "", ""},
		{`rel="alternate"`, `rel="related"`, ""},
		{`<content src="https://example.com/2.pdf" type="application/pdf"/>`, "", `required: entry has neither content nor a link with rel="alternate"`},
		{`type="application/pdf"/>`, `type="application/pdf">x</content>`, "element: content with src must be empty"},
		{`<content src="https://example.com/2.pdf"`, `<content src="2.pdf"`, `url: "2.pdf" is no absolute URL: it has no scheme, such as https`},
		{"<summary>S</summary>\n<content src", "<content src", "required: entry has no summary, which its content isn't readable without"},
		{`type="html"><![CDATA[<p>x]]>`, `type="multipart/mixed">x`, `type: content can't be of the composite type "multipart/mixed"`},
		{`type="html"><![CDATA[<p>x]]>`, `type="image/svg+xml"><svg xmlns="urn:x"/>`, ""},
		{`type="html"><![CDATA[<p>x]]>`, `type="text/plain"><x xmlns="urn:x"/>`, `type: content of the type "text/plain" holds elements`},
		{`type="html"><![CDATA[<p>x]]>`, `type="plain">x`, `type: "plain" is no media type such as audio/mpeg`},
		{`type="html"><![CDATA[<p>x]]>`, `type="image/png">iVBORw0KGgo=`, ""},
		{`type="html"><![CDATA[<p>x]]>`, `type="image/png">x`, `type: content of the type "image/png" isn't in Base64: illegal base64 data at input byte 0`},
		{"<source><title>S</title>", "<source><title>S</title><link href='/'/>", `url: "/" is no absolute URL: it has no scheme, such as https`},
		{"<source><title>S</title>", "<source><title>S</title><entry/>", "element: source can't hold entry"},
	}...))
}

func TestAtomWithoutEntries(t *testing.T) {
	const doc = `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>T</title><updated>2026-03-01T00:00:00Z</updated>` +
		`<link rel="self" href="https://example.com/"/></feed>`
	got := Atom([]byte(doc), "")
	if len(got) != 1 || got[0].String() != "1:1: author: feed has no author" {
		t.Errorf("got %v", got)
	}
}
