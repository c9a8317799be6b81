package markdown

import (
	"context"
	"strings"
	"testing"
)

func TestAlerts(t *testing.T) {
	alert := func(kind, title, rest string) string {
		return "<div class=\"alert alert-" + kind + "\" role=\"note\">\n<p class=\"alert-title\">" + title + "</p>\n" + rest + "</div>\n"
	}
	quote := func(s string) string { return "<blockquote>\n" + s + "</blockquote>\n" }
	tests := []struct{ name, in, want string }{
		{"note", "> [!NOTE]\n> a", alert("note", "Note", "<p>a</p>\n")},
		{"tip", "> [!TIP]\n> a", alert("tip", "Tip", "<p>a</p>\n")},
		{"important", "> [!IMPORTANT]\n> a", alert("important", "Important", "<p>a</p>\n")},
		{"warning", "> [!warning]\n> a", alert("warning", "Warning", "<p>a</p>\n")},
		{"caution", "> [!Caution]\n> a", alert("caution", "Caution", "<p>a</p>\n")},
		{"unknown", "> [!my-own_kind2]\n> a", alert("my-own_kind2", "My own kind2", "<p>a</p>\n")},
		{"no space", ">[!NOTE]\n>a", alert("note", "Note", "<p>a</p>\n")},
		{"two paragraphs", "> [!NOTE]\n> a\n>\n> b", alert("note", "Note", "<p>a</p>\n<p>b</p>\n")},
		{"list in it", "> [!NOTE]\n> - a", alert("note", "Note", "<ul>\n<li>a</li>\n</ul>\n")},
		{"blank line after", "> [!NOTE]\n>\n> a", alert("note", "Note", "<p>a</p>\n")},
		{"alone", "> [!NOTE]", alert("note", "Note", "")},
		{"lazy line", "> [!NOTE]\na", alert("note", "Note", "<p>a</p>\n")},
		{"title", "> [!NOTE] My *own* `t`\n> a", alert("note", "My <em>own</em> <code>t</code>", "<p>a</p>\n")},
		{"title alone", "> [!NOTE] Mind", alert("note", "Mind", "")},
		{"emphasis over the title", "> [!NOTE] *a\n> b*", alert("note", "*a", "<p>b*</p>\n")},
		{"title of a link", "> [!NOTE] [a](b)\n> c", alert("note", `<a href="b">a</a>`, "<p>c</p>\n")},
		{"white space", ">   [!NOTE]  \n>   a", alert("note", "Note", "<p>a</p>\n")},
		{"in a list", "- x\n\n  > [!NOTE]\n  > a\n", "<ul>\n<li>\n<p>x</p>\n" + alert("note", "Note", "<p>a</p>\n") + "</li>\n</ul>\n"},
		{"in an alert", "> [!NOTE]\n> > [!TIP]\n> > a", alert("note", "Note", alert("tip", "Tip", "<p>a</p>\n"))},
		{"table in it", "> [!NOTE]\n> |a|\n> |-|\n", alert("note", "Note", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n")},
		{"folded", "> [!NOTE]- T\n> a", "<details class=\"alert alert-note\">\n<summary class=\"alert-title\">T</summary>\n<p>a</p>\n</details>\n"},
		{"open", "> [!WARNING]+\n> a", "<details class=\"alert alert-warning\" open=\"\">\n<summary class=\"alert-title\">Warning</summary>\n<p>a</p>\n</details>\n"},
		{"attributes", "> [!NOTE]\n> a\n{.x #y role=status}",
			"<div class=\"alert alert-note x\" role=\"note\" id=\"y\">\n<p class=\"alert-title\">Note</p>\n<p>a</p>\n</div>\n"},

		{"escaped", "> \\[!NOTE]\n> a", quote("<p>[!NOTE]\na</p>\n")},
		{"escaped mark", "> [\\!NOTE]\n> a", quote("<p>[!NOTE]\na</p>\n")},
		{"code", "> `[!NOTE]`\n> a", quote("<p><code>[!NOTE]</code>\na</p>\n")},
		{"code block", ">     [!NOTE]\n> a", quote("<pre><code>[!NOTE]\n</code></pre>\n<p>a</p>\n")},
		{"text before", "> a [!NOTE]\n> b", quote("<p>a [!NOTE]\nb</p>\n")},
		{"text right after", "> [!NOTE]a\n> b", quote("<p>[!NOTE]a\nb</p>\n")},
		{"space in it", "> [! NOTE]\n> b", quote("<p>[! NOTE]\nb</p>\n")},
		{"no letter", "> [!1]\n> b", quote("<p>[!1]\nb</p>\n")},
		{"empty", "> [!]\n> b", quote("<p>[!]\nb</p>\n")},
		{"not closed", "> [!NOTE\n> b", quote("<p>[!NOTE\nb</p>\n")},
		{"second paragraph", "> a\n>\n> [!NOTE]\n> b", quote("<p>a</p>\n<p>[!NOTE]\nb</p>\n")},
		{"no blockquote", "[!NOTE]\na", "<p>[!NOTE]\na</p>\n"},
		{"link definition", "> [!NOTE]: /u\n> a", quote("<p>a</p>\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustRender(t, Config{}, test.in).HTML; got != test.want {
				t.Errorf("%q\n got %q\nwant %q", test.in, got, test.want)
			}
		})
	}
	if got, want := mustRender(t, Config{DisableAlerts: true}, "> [!NOTE]\n> a").HTML, quote("<p>[!NOTE]\na</p>\n"); got != want {
		t.Errorf("disabled: %q; want %q", got, want)
	}
}

func TestAlertTitle(t *testing.T) {
	src := Source{
		Text: []byte("> [!NOTE]\n\n---\n\n> [!tip]\n\n---\n\n> [!NOTE] Mine\n"),
		AlertTitle: func(kind string) string {
			return map[string]string{"note": "Hinweis & <mehr>"}[kind]
		},
	}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{">Hinweis &amp; &lt;mehr&gt;</p>", ">Tip</p>", ">Mine</p>"} {
		if !strings.Contains(result.HTML, want) {
			t.Errorf("no %q in %q", want, result.HTML)
		}
	}
}
