package jam_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// inspect says what in a file is not the theme's, "" if there is nothing.
func inspect(name string, b []byte) string {
	switch path.Ext(name) {
	case ".html":
		return inspectHTML(b)
	case ".xml":
		return inspectXML(b)
	case ".json":
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			return fmt.Sprintf("no JSON: %v", err)
		}
		return inspectValues(v, "")
	case ".md", ".txt":
		if path.Ext(name) == ".md" && bytes.HasPrefix(bytes.TrimSpace(b), []byte("<")) {
			return "a beginning that some would take for HTML"
		}
		return ""
	case ".png", ".css", ".js", ".bin":
		return ""
	}
	return "a file that no author may bring"
}

// inspectXML takes what in a feed is HTML to readers as such.
func inspectXML(b []byte) string {
	d := xml.NewDecoder(bytes.NewReader(b))
	var in []xml.StartElement
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF:
			return ""
		case err != nil:
			return fmt.Sprintf("no XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = append(in, token.Copy())
			for _, a := range token.Attr {
				if (a.Name.Local == "href" || a.Name.Local == "url" || a.Name.Local == "src") && !isHarmless(a.Value) {
					return fmt.Sprintf("the address %q", a.Value)
				}
			}
		case xml.EndElement:
			in = in[:len(in)-1]
		case xml.ProcInst:
			if token.Target != "xml" {
				return "the instruction " + token.Target
			}
		case xml.CharData:
			if len(in) == 0 {
				continue
			}
			element := in[len(in)-1]
			isHTML := slices.ContainsFunc(element.Attr, func(a xml.Attr) bool { return a.Name.Local == "type" && a.Value == "html" })
			if isHTML || element.Name.Local == "encoded" || element.Name.Local == "description" && len(in) > 3 {
				if problem := inspectHTML(token); problem != "" {
					return problem
				}
			}
			if slices.Contains(addressElements, element.Name.Local) && !isHarmless(string(token)) {
				return fmt.Sprintf("the address %q", token)
			}
		}
	}
}

// addressElements are those of feeds and sitemaps whose text is an address.
var addressElements = []string{"link", "loc", "guid", "id", "uri", "url", "icon", "logo", "comments", "docs"}

// inspectValues takes what in JSON is HTML or an address as such.
func inspectValues(v any, key string) string {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if problem := inspectValues(x, key); problem != "" {
				return problem
			}
		}
	case map[string]any:
		for key, x := range v {
			if key == "params" {
				continue // what the author says, as it is
			}
			if problem := inspectValues(x, key); problem != "" {
				return problem
			}
		}
	case string:
		switch key {
		case "content_html", "content", "html":
			return inspectHTML([]byte(v))
		case "url", "id", "permalink", "home_page_url", "feed_url", "next_url", "external_url", "image", "banner_image", "icon", "favicon", "avatar":
			if !isHarmless(v) {
				return fmt.Sprintf("the address %q", v)
			}
		}
	}
	return ""
}

// elements are those that Markdown and the themes of these tests write.
var elements = strings.Fields(`html head body title main header footer nav section article details summary div p span a img ul ol li dl dt dd
	h1 h2 h3 h4 h5 h6 em strong del code pre blockquote hr br table thead tbody tr th td sup sub input label figure figcaption bdi time i b small mark
	form button textarea datalist option output style script link meta iframe noscript template search abbr kbd var
	svg path rect g text circle line polygon defs marker ellipse use title tspan
	math mrow mi mo mn mtext mfrac msup msub msubsup msqrt mroot mover munder munderover mtable mtr mtd mspace mstyle semantics annotation menclose mpadded mphantom merror`)

// inspectHTML looks through a page, or a part of one, as a browser would: it parses it with the rules of HTML. Its own the theme
// marks by what it writes.
func inspectHTML(b []byte) string {
	for _, scripting := range []bool{true, false} {
		root, err := html.ParseWithOptions(bytes.NewReader(b), html.ParseOptionEnableScripting(scripting))
		if err != nil {
			return err.Error()
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				if problem := inspectElement(n); problem != "" {
					var out strings.Builder
					_ = html.Render(&out, n)
					return problem + " in " + cutText(out.String(), 400)
				}
			}
		}
	}
	return ""
}

var (
	themeScript = regexp.MustCompile(`^var theme ?= ?("(?:[^"\\<]|\\.)*"), ?other ?= ?"(?:[^"\\<]|\\.)*", ?all ?= ?(null|\{[^<]*\}), ?j ?= ?"(?:[^"\\<]|\\.)*";$`)
	themeStyle  = regexp.MustCompile(`^\.theme ?\{ ?color: ?[^{}<;]*; ?content: ?"[^"<]*"?;? ?\}$`)
	themeURLs   = regexp.MustCompile(`^\.theme-url ?\{ ?background: ?url\(["']?([^"'(){}<>\\\s]*)["']?\);? ?\} ?\.theme-url2 ?\{ ?background: ?url\(["']?([^"'(){}<>\\\s]*)["']?\);? ?\}$`)
	themeClick  = regexp.MustCompile(`^f\(("(?:[^"\\<]|\\.)*")\);?$`)
)

func inspectElement(n *html.Node) string {
	switch {
	case !slices.Contains(elements, strings.ToLower(n.Data)):
		return "the element " + n.Data
	case n.Data == "script" && !isThemeScript(n):
		return "a script"
	case n.Data == "style" && !isThemeStyle(n):
		return "a style sheet"
	case n.Data == "iframe" && !isThemeFrame(n):
		return "a frame"
	case n.Data == "link" && attr(n, "rel") == "stylesheet" && !strings.HasPrefix(attr(n, "href"), "/search-index/"), n.Data == "meta" && strings.EqualFold(attr(n, "http-equiv"), "refresh"):
		return "a " + n.Data
	}
	for _, a := range n.Attr {
		if problem := inspectAttribute(n, a); problem != "" {
			return problem
		}
	}
	return ""
}

func inspectAttribute(n *html.Node, a html.Attribute) string {
	name, value := strings.ToLower(a.Key), a.Val
	switch name {
	case "href", "src", "action", "cite", "poster", "background", "longdesc", "manifest", "data", "ping", "srcset", "lowsrc":
		if !isHarmless(value) {
			return fmt.Sprintf("the address %q", value)
		}
	case "srcdoc":
		if problem := inspectHTML([]byte(value)); problem != "" {
			return problem
		}
	case "formaction", "nonce", "accesskey", "contenteditable", "is", "slot", "part", "autofocus", "background-image":
		return "the attribute " + name
	case "style":
		if !isThemeDeclaration(n, value) {
			return fmt.Sprintf("the style %q", value)
		}
	case "onclick":
		m := themeClick.FindStringSubmatch(value)
		if attr(n, "id") != "theme-a" || m == nil {
			return fmt.Sprintf("onclick=%q", value)
		}
	default:
		if strings.HasPrefix(name, "on") || strings.ContainsAny(name, "\"'<=`@") || strings.HasPrefix(name, "data-") && !slices.Contains(themeData, name) || strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "v-") {
			return "the attribute " + name
		}
	}
	return ""
}

// themeData are the data attributes that themes, highlighting and the search form write.
var themeData = []string{"data-theme", "data-label", "data-line", "data-lang", "data-language", "data-index", "data-base", "data-labels", "data-inline", "data-keys"}

// isHarmless tells whether a browser runs nothing, and shows nothing of the author's as a page, when it follows an address.
func isHarmless(address string) bool {
	address = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
	scheme := address[:max(0, strings.IndexAny(address, ":/?#"))]
	if !strings.HasPrefix(address[len(scheme):], ":") {
		return true
	}
	return slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(scheme))
}

// areHarmless tells whether a regular expression matches, and what it finds are harmless addresses.
func areHarmless(match []string) bool {
	return match != nil && !slices.ContainsFunc(match[1:], func(a string) bool { return !isHarmless(a) })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(c.Data)
	}
	return strings.TrimSpace(b.String())
}

// isThemeScript knows the theme's scripts by what they are, data by being that, and the others by being the search's.
func isThemeScript(n *html.Node) bool {
	text := content(n)
	switch {
	case attr(n, "type") == "text/template":
		return attr(n, "id") == "theme-template" && inspectHTML([]byte(text)) == ""
	case attr(n, "type") == "application/ld+json", attr(n, "type") == "application/json" && attr(n, "id") == "theme-data":
		return json.Valid([]byte(text)) && n.Parent != nil && !strings.Contains(strings.ToLower(text), "</script")
	case attr(n, "src") != "":
		return strings.HasPrefix(attr(n, "src"), "/search-index/")
	}
	m := themeScript.FindStringSubmatch(text)
	return m != nil
}

func isThemeStyle(n *html.Node) bool {
	text := content(n)
	return themeStyle.MatchString(text) || areHarmless(themeURLs.FindStringSubmatch(text)) || slices.ContainsFunc(ownStyles, func(start string) bool { return strings.HasPrefix(strings.Join(strings.Fields(text), ""), start) })
}

// ownStyles are how the style sheets of the plain theme and of the frames of videos begin, without spaces.
var ownStyles = []string{":root{", "html,body,main{height:100%"}

// isThemeFrame knows the frames of the shortcodes for videos, which have a link to the video.
func isThemeFrame(n *html.Node) bool {
	doc := attr(n, "srcdoc")
	return strings.HasPrefix(strings.ToLower(doc), "<!doctype html><html lang=") && attr(n, "src") == "" &&
		(strings.Contains(doc, "https://www.youtube-nocookie.com/embed/AAAAAAAAAAA") || strings.Contains(doc, "https://player.vimeo.com/video/123"))
}

var ownDeclaration = regexp.MustCompile(`^color: ?[^"'()/;@\[\\\]{}<>]*;?$`)

var ownURL = regexp.MustCompile(`^background: ?url\(([^"'()<>{}\\\s]*)\);?$`)

func isThemeDeclaration(n *html.Node, value string) bool {
	return n.Data == "p" && ownDeclaration.MatchString(value) || attr(n, "id") == "theme-div" && areHarmless(ownURL.FindStringSubmatch(value)) ||
		(n.Data == "td" || n.Data == "th") && slices.Contains([]string{"text-align:left", "text-align:center", "text-align:right"}, strings.ReplaceAll(strings.TrimSuffix(value, ";"), " ", ""))
}

func TestInspect(t *testing.T) {
	for _, c := range []struct {
		in string
		ok bool
	}{
		{`<p title="x">a<a href="/b">b</a><img src="https://example.org/x">`, true},
		{`<a href="mailto:x@example.org"><a href="a:b">`, false}, {`<a href=" java` + "\n" + `script:x">`, false}, {`<a href="DATA:x">`, false},
		{`<p onclick=x>`, false}, {`<p OnClick=x>`, false}, {`<script>x</script>`, false}, {`<style>x</style>`, false}, {`<p style="x:y">`, false},
		{`<iframe src="/x">`, false}, {`<xss>`, false}, {`<svg onload=x>`, false}, {`<noscript><p title="</noscript><img src=x onerror=x>">`, false}, {`<p data-x=1>`, false},
		{`<script type="application/ld+json">{"a":"b"}</script>`, true}, {`<script type="application/ld+json">{"a":"</script><b>"}`, false},
	} {
		if got := inspectHTML([]byte(c.in)); (got == "") != c.ok {
			t.Errorf("%s: %q", c.in, got)
		}
	}
}
