package minifier

import "testing"

func TestXML(t *testing.T) {
	check(t, New(Options{}), typeXML, [][2]string{
		{"<?xml version=\"1.0\"?>\n<!-- c -->\n<rss  version = \"2.0\" >\n  <channel>\n <title> a  b </title>\n\n</channel>\n</rss>\n",
			"<?xml version=\"1.0\"?><rss version=\"2.0\">\n<channel>\n<title> a  b </title>\n</channel>\n</rss>"},
		{"<a> </a>", "<a> </a>"},
		{"<a>\n</a>", "<a>\n</a>"},
		{"<a><b>x</b>  <i>y</i></a>", "<a><b>x</b>  <i>y</i></a>"},
		{"<a>x\n  <b/>\n  <c/></a>", "<a>x\n  <b/>\n  <c/></a>"},
		{"<a>x <!-- c --> y</a>", "<a>x  y</a>"},
		{"<a>\n <!-- c -->\n <b/></a>", "<a>\n<b/></a>"},
		{"<a> <![CDATA[ <b>  ]]> </a>", "<a> <![CDATA[ <b>  ]]> </a>"},
		{"<a xml:space=\"preserve\">\n  <b/>\n  <c>\n  </c></a>", "<a xml:space=\"preserve\">\n  <b/>\n  <c>\n  </c></a>"},
		{"<x:pre><b/>\n  <c/></x:pre>", "<x:pre><b/>\n  <c/></x:pre>"},
		{"<a b='x  \"y' c=\" \n\"\t/>", "<a b='x  \"y' c=\" \n\"/>"},
		{"<a></a >", "<a></a>"},
		{"<?xml-stylesheet  href=\"a\"?> <!DOCTYPE a [ <!ENTITY b \"]>\"> <!-- ' --> <?p '?> ]> <a/>",
			"<?xml-stylesheet  href=\"a\"?><!DOCTYPE a [ <!ENTITY b \"]>\"> <!-- ' --> <?p '?> ]><a/>"},
		{"<a><!--! licence --> <b/></a>", "<a><!--! licence --> <b/></a>"},
		{"<é:ü.1/>", "<é:ü.1/>"},
		{"\ufeff <a/> ", "\ufeff<a/>"},
	})
	check(t, New(Options{KeepComments: true}), typeXML, [][2]string{
		{"<a> <!--  c  --> <b/></a>", "<a> <!--  c  --> <b/></a>"},
	})
}

func TestSVG(t *testing.T) {
	check(t, New(Options{}), typeSVG, [][2]string{
		{"<svg xmlns=\"x\" id=\"1.0\"  x-bind:class=\"a\">\n  <!-- c -->\n  <g>\n    <path d=\"M 0 0 L 0 0\"></path>\n  </g>\n</svg>\n",
			"<svg xmlns=\"x\" id=\"1.0\" x-bind:class=\"a\"><g><path d=\"M 0 0 L 0 0\"/></g></svg>"},
		{"<svg> <text> a <tspan>b</tspan> c </text> <title>\n a </title> </svg>", "<svg><text> a <tspan>b</tspan> c </text><title>\n a </title></svg>"},
		{"<svg><style> a { b : c } </style><script> a  b </script></svg>", "<svg><style> a { b : c } </style><script> a  b </script></svg>"},
		{"<svg><g xml:space=\"preserve\"> <text/> </g></svg>", "<svg><g xml:space=\"preserve\"> <text/> </g></svg>"},
		{"<svg><foreignObject> <p>a</p> <p>b</p> </foreignObject></svg>", "<svg><foreignObject> <p>a</p> <p>b</p> </foreignObject></svg>"},
		{"<svg><metadata> <a> b </a> </metadata></svg>", "<svg><metadata> <a> b </a> </metadata></svg>"},
	})
}

func TestXMLErrors(t *testing.T) {
	checkErrors(t, New(Options{}), typeXML, [][2]string{
		{"<a>\n é</b>", "2:3: XML: </b> where </a> should be"},
		{"<a>\n <b>", "2:2: XML: <b> is not closed"},
		{"</a>", "1:1: XML: </a> has no start tag"},
		{"<a <b/>", "1:4: XML: attribute needs a value in quotes"},
		{"<a b=c/>", "1:4: XML: attribute needs a value in quotes"},
		{"<a b='c/>", "1:4: XML: attribute needs a value in quotes"},
		{"<a b='c'", "1:1: XML: tag is not closed with >"},
		{"<a>1 < 2</a>", "1:6: XML: < begins no tag; write &lt; for the character"},
		{"<a><!-- b</a>", "1:4: XML: comment is not closed with -->"},
		{"<a><![CDATA[ b</a>", "1:4: XML: CDATA section is not closed with ]]>"},
		{"<a><? b</a>", "1:4: XML: processing instruction is not closed with ?>"},
		{"<!DOCTYPE a [", "1:1: XML: declaration is not closed with >"},
		{"<a></a", "1:4: XML: end tag is not closed with >"},
	})
}

func TestJSON(t *testing.T) {
	check(t, New(Options{}), typeJSON, [][2]string{
		{" { \"a\" : [ 1.0 , 12345678901234567890 , 1e400 , -0 ] , \"b c\" : \" \\u003c/script> \\/ \" } \n",
			`{"a":[1.0,12345678901234567890,1e400,-0],"b c":" \u003c/script> \/ "}`},
		{"\ufeff[ ]", "\ufeff[]"},
		{"\"\u2028<&>\xff\"", "\"\u2028<&>\xff\""},
	})
	checkErrors(t, New(Options{}), typeJSON, [][2]string{
		{"{\n \"é\": x}", "2:7: JSON: invalid character 'x' looking for beginning of value"},
		{"{\"a\":", "1:6: JSON: unexpected end of JSON input"},
		{"[1,]", "1:4: JSON: invalid character ']' looking for beginning of value"},
		{"[1] 2", "1:5: JSON: invalid character '2' after top-level value"},
		{" ", "1:2: JSON: unexpected end of JSON input"},
		{"[\x00]", "1:2: JSON: invalid character '\\x00' looking for beginning of value"},
	})
}
