package fragment

import (
	"bytes"
	"strings"
	"testing"
)

const page = "https://example.com/blog/post/?a=1&b=2#frag"

// doc is page without its fragment, as an attribute value.
const doc = "https://example.com/blog/post/?a=1&amp;b=2"

func TestAbsolute(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing to do", `<p>a < b &amp; c</p>`, `<p>a < b &amp; c</p>`},
		{"relative", `<a href="x/y">`, `<a href="https://example.com/blog/post/x/y">`},
		{"up", `<a href="../other/">`, `<a href="https://example.com/blog/other/">`},
		{"too far up", `<a href="../../../../x">`, `<a href="https://example.com/x">`},
		{"dots", `<a href="./.">`, `<a href="https://example.com/blog/post/">`},
		{"dots within", `<img src="/a/./b/../c//d/..">`, `<img src="https://example.com/a/c//">`},
		{"dots in the query", `<a href="x?../y">`, `<a href="https://example.com/blog/post/x?../y">`},
		{"from the root", `<img src='/i.png' alt="">`, `<img src='https://example.com/i.png' alt="">`},
		{"protocol", `<img src="//cdn.example/i.png">`, `<img src="https://cdn.example/i.png">`},
		{"fragment", `<a href="#x">`, `<a href="` + doc + `#x">`},
		{"empty link", `<a href="">`, `<a href="` + doc + `">`},
		{"link without value", `<a href>`, `<a href="` + doc + `">`},
		{"empty image", `<img src="">`, `<img src="">`},
		{"query", `<a href="?c=3&amp;d">`, `<a href="https://example.com/blog/post/?c=3&amp;d">`},
		{"schemes stay", `<a href="mailto:a@b.c"><a href="tel:1"><img src="data:,x"><a href="javascript:x()"><a href="HTTP://x/">`, ``},
		{"fragments of drawings stay", `<svg><use href="#a"/><use xlink:href="#b"/></svg>`, ``},
		{"links of drawings", `<svg><a xlink:href="x"></a><image href="y"/></svg>`, `<svg><a xlink:href="https://example.com/blog/post/x"></a><image href="https://example.com/blog/post/y"/></svg>`},
		{"unquoted", `<a href=x/y>z</a><a href=x />`, `<a href=https://example.com/blog/post/x/y>z</a><a href=https://example.com/blog/post/x />`},
		{"unquoted with a fragment", `<a href=#x>`, `<a href=` + doc + `#x>`},
		{"unquoted and empty", `<a href=>`, `<a href=` + doc + `>`},
		{"case and space", "<A\n HREF =\n'x' >", "<A\n HREF =\n'https://example.com/blog/post/x' >"},
		{"white space in the value", "<a href=\"\n x\ty \">", `<a href="https://example.com/blog/post/xy">`},
		{"a hidden scheme", "<a href=\"java\nscript:x\">", ""},
		{"an encoded scheme", "<a href=\"javascript&colon;x\"><a href=\"&#x6a;avascript&#58x\">", ""},
		{"an encoded slash", "<a href=\"&#47;x&amp;y\">", `<a href="https://example.com/x&amp;y">`},
		{"an encoded fragment", "<a href=\"&num;x\">", `<a href="` + doc + `#x">`},
		{"no entity", `<a href="a&copy=1;b&semi;c">`, `<a href="https://example.com/blog/post/a&amp;copy=1;b;c">`},
		{"part of an entity", `<a href="a&notit;b">`, `<a href="https://example.com/blog/post/a&notit;b">`},
		{"entities in the query stay", `<a href="a?b=1&copy=2&amp;c">`, `<a href="https://example.com/blog/post/a?b=1&copy=2&amp;c">`},
		{"backslash", `<a href="\x\y?\z">`, `<a href="https://example.com/x/y?\z">`},
		{"srcset", `<img srcset="a.png, b.png 2x,/c.png 100w , https://x/d.png 3x,e.png,,">`,
			`<img srcset="https://example.com/blog/post/a.png, https://example.com/blog/post/b.png 2x,https://example.com/c.png 100w , https://x/d.png 3x,https://example.com/blog/post/e.png,,">`},
		{"srcset with data", `<source srcset="data:image/png;base64,AA== 1x, b 2x (c, d), e">`,
			`<source srcset="data:image/png;base64,AA== 1x, https://example.com/blog/post/b 2x (c, d), https://example.com/blog/post/e">`},
		{"others", `<video poster="p"><object data="d"><form action="f"><button formaction="b"><blockquote cite="c"><img longdesc="l"><td background="g"><p data="d" action="a">`,
			`<video poster="U/p"><object data="U/d"><form action="U/f"><button formaction="U/b"><blockquote cite="U/c"><img longdesc="U/l"><td background="U/g"><p data="d" action="a">`},
		{"comments", `<!-- <a href="x"> --><!--><a href="y">--><!-- --!><a href="z">`, `<!-- <a href="x"> --><!--><a href="U/y">--><!-- --!><a href="U/z">`},
		{"bogus comments", `</ <a href="x"><? <a href="x"><!x <a href="x"><a href="y">`, `</ <a href="x"><? <a href="x"><!x <a href="x"><a href="U/y">`},
		{"raw text", `<textarea><a href="x"></textarea><STYLE><a href="x"></style ><title><a href="x"></title><xmp><a href="x"></xmpp></xmp><a href="y">`,
			`<textarea><a href="x"></textarea><STYLE><a href="x"></style ><title><a href="x"></title><xmp><a href="x"></xmpp></xmp><a href="U/y">`},
		{"plaintext", `<plaintext></plaintext><a href="x">`, ``},
		{"drawings have no raw text", `<svg><style><a href="x"></style><title><a href="y"></title></svg>`, `<svg><style><a href="U/x"></style><title><a href="U/y"></title></svg>`},
		{"character data", `<svg><![CDATA[<a href="x">]]></svg><![CDATA[<a href="y">]]><a href="z">`, `<svg><![CDATA[<a href="x">]]></svg><![CDATA[<a href="y">]]><a href="U/z">`},
		{"out of a drawing", `<svg><p><![CDATA[><a href="x">]]>`, `<svg><p><![CDATA[><a href="U/x">]]>`},
		{"HTML in a drawing", `<svg><foreignObject><![CDATA[><a href="x"></foreignObject><![CDATA[><a href="y">]]>`, `<svg><foreignObject><![CDATA[><a href="U/x"></foreignObject><![CDATA[><a href="y">]]>`},
		{"cut off", `<a href="x`, ``},
		{"cut off in the name", `x<a`, ``},
		{"end tags have no URLs", `</a href="x">`, ``},
		{"script", `a <script src="x">if (a < b) "</scr"</script > b`, `a  b`},
		{"script with a comment", `<script><!-- <script></script> --></script><p>`, `<p>`},
		{"unclosed script", `a <script>b`, `a `},
		{"script in a drawing", `<svg><script href="x"/><a/></svg>`, `<svg><a/></svg>`},
		{"script in a drawing with markup", `<svg><script><a href="x"></script ><a href="y">`, `<svg><a href="U/y">`},
		{"a drawing ends in a script", `<svg>a<script>b<p onclick="x"><a href="y">`, `<svg>a<!----><p><a href="U/y">`},
		{"HTML in a drawing's script", `<svg><script><title><textarea></script></textarea></title></script><a href="y">`, `<svg><a href="U/y">`},
		{"unclosed script in a drawing", `<svg><script><a href="x">`, `<svg>`},
		{"names of the other kind", `<math><title><![CDATA[<a href="x">]]></math><svg><mi><![CDATA[<a href="x">]]></svg>`, ``},
		{"fonts", `<svg><font><![CDATA[<a href="x">]]></font><font color=a><![CDATA[><a href="x">`, `<svg><font><![CDATA[<a href="x">]]></font><font color=a><![CDATA[><a href="U/x">`},
		{"end tag out of a drawing", `<svg></p><![CDATA[><a href="x">`, `<svg></p><![CDATA[><a href="U/x">`},
		{"script between", `<<script></script>b>`, `<<!---->b>`},
		{"iframe stays", `<iframe src="x"></iframe>`, `<iframe src="U/x"></iframe>`},
		{"events", `<p onclick="x()" id=a ONLOAD='y' onerror>`, `<p id=a>`},
		{"event before a slash", `<img src=x onload="y"/>`, `<img src=U/x />`},
		{"event beside", `<p a="1"onclick="x"b="2">`, `<p a="1"b="2">`},
		{"event before =", `<a href onclick="x" ="y">`, `<a href="` + doc + `" / ="y">`},
		{"event after a slash", `<a / onclick=x>`, `<a / >`},
		{"forbidden characters", "<scr\x01ipt>x</scr\uffffipt><a o\x00nclick=x>\f\ufffd</a\x1f>\x02", "<a>\ufffd</a>"},
		{"forbidden characters in what is no UTF-8", "\xef\x01\xbf\xbf\xef\xbf\x02\xef", "\xef\ufffd\xbf\xbf\xef\xbf\xef"},
		{"no events", `<p on="1" on-x="2" on1="3" once>`, `<p on="1" on-x="2" on1="3">`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.ReplaceAll(c.want, `U/`, "https://example.com/blog/post/")
			if want == "" {
				want = c.in
			}
			got := Absolute([]byte(c.in), page)
			if string(got) != want {
				t.Fatalf("got  %s\nwant %s", got, want)
			}
			if again := Absolute(got, page); !bytes.Equal(again, got) {
				t.Errorf("again: %s", again)
			}
			if found := Inspect(got); found != nil {
				t.Errorf("left: %+v", found)
			}
		})
	}
}

func TestAbsoluteBases(t *testing.T) {
	for _, c := range []struct{ base, ref, want string }{
		{"https://example.com", "x", "https://example.com/x"},
		{"https://example.com", "#x", "https://example.com/#x"},
		{"https://example.com?q", "", "https://example.com/?q"},
		{"https://example.com?q", "?r", "https://example.com/?r"},
		{"http://example.com/a/b", "c", "http://example.com/a/c"},
		{"http://example.com/a b/", "c", "http://example.com/a%20b/c"},
		{"https://e.com/a/b?x=/y/", "c", "https://e.com/a/c"},
		{"/blog/", "c", "c"},
		{"https://", "c", "c"},
		{"mailto:x", "c", "c"},
		{"", "c", "c"},
	} {
		want := `<a href="` + c.want + `">`
		if got := Absolute([]byte(`<a href="`+c.ref+`">`), c.base); string(got) != want {
			t.Errorf("%q from %q: %s, want %s", c.ref, c.base, got, want)
		}
	}
}

func TestAbsoluteReturnsItsInput(t *testing.T) {
	in := []byte(`<p class="a">b</p><a href="https://example.com/">c</a>`)
	if got := Absolute(in, page); &got[0] != &in[0] {
		t.Error("copied for nothing")
	}
	if got := testing.AllocsPerRun(10, func() { Absolute(in, page) }); got > 8 {
		t.Errorf("%v allocations", got)
	}
}

func TestInspect(t *testing.T) {
	in := `<p><a href="x">b</a><img srcset="y 2x, https://e/ 3x, z"><script></script><b onclick="c"><a href="https://e/"><a href>`
	want := []Finding{
		{3, "a", "href", "x", true},
		{20, "img", "srcset", "y", true},
		{20, "img", "srcset", "z", true},
		{57, "script", "", "", false},
		{74, "b", "onclick", "", false},
		{110, "a", "href", "", true},
	}
	got := Inspect([]byte(in))
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func FuzzAbsolute(f *testing.F) {
	for _, s := range []string{
		`<a href="x">`, `<img srcset="a, b 2x">`, `<<script></script>b onclick=x>`, `<p onclick="a"="b">`,
		`<svg><title><a href=x>`, `<script><!--<script></script>`, `<a href=&#47;x&amp;>`, `<!--->`, `<a href`, `</`, `<!`,
		`<a href='\x' / onclick=y =z>`, `<a href="&#x6a&#9;avascript:">`, `<a href=" ">`,
	} {
		f.Add([]byte(s), page)
	}
	f.Fuzz(func(t *testing.T, in []byte, base string) {
		before := bytes.Clone(in)
		got := Absolute(in, base)
		if !bytes.Equal(in, before) {
			t.Fatal("the input was written to")
		}
		if again := Absolute(got, base); !bytes.Equal(again, got) {
			t.Fatalf("%q: again\n%q becomes\n%q", in, got, again)
		}
		if newBase(base).ok {
			if found := Inspect(got); found != nil {
				t.Fatalf("%q becomes %q with %+v", in, got, found)
			}
		}
	})
}

func BenchmarkAbsolute(b *testing.B) {
	in := []byte(strings.Repeat(`<h2 id="part">Part</h2>
<p>It’s the <em>quick</em> brown fox that jumps over the lazy <a href="../dog/?a=1&amp;b=2" title="A dog">dog</a>,
and then some more words <code>a  length</code> that is usual. <img src="i.png" alt="" srcset="i.png 1x, j.png 2x"></p>
<ul><li>one <strong>thing</strong></li><li><a href="https://example.org/">another</a> thing</li></ul>
`, 40))
	b.ReportAllocs()
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		Absolute(in, page)
	}
}
