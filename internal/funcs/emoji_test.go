package funcs

import (
	"html/template"
	"testing"
)

func TestEmojify(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"I :heart: you":                "I ❤️ you",
		":+1::-1:":                     "👍👎",
		"at 10:30:heart:":              "at 10:30❤️",
		"::heart::":                    ":❤️:",
		":no_such_emoji: :Heart: :":    ":no_such_emoji: :Heart: :",
		"a:zz:heart:c:tada:":           "a:zz❤️c🎉",
		":de: https://example.org:80/": "🇩🇪 https://example.org:80/",
		":heart":                       ":heart",
		"héart:été:":                   "héart:été:",
	} {
		got, err := Transform{}.Emojify(in)
		if got != want || err != nil {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	got, err := Transform{}.Emojify(template.HTML("<b>:tada:</b>"))
	if got != template.HTML("<b>🎉</b>") || err != nil {
		t.Errorf("HTML becomes %#v, %v", got, err)
	}
	if out := executeHTML(t, `{{ emojify "<b> :tada:" }}`, nil); out != "&lt;b&gt; 🎉" {
		t.Errorf("text becomes %q", out)
	}
	if n := len(emojis()); n < 1900 {
		t.Errorf("there are %d emojis", n)
	}
	if char, ok := Emoji("tada"); char != "🎉" || !ok {
		t.Errorf("tada is %q, %v", char, ok)
	}
	if _, ok := Emoji(""); ok {
		t.Error("there is an emoji without name")
	}
}
