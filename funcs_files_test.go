package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

func TestTreeFiles(t *testing.T) {
	const head = "-- content/a.md --\n-- data/x.txt --\nsome <text>\n-- layouts/all.html --\n-- layouts/page.html --\n"
	files := written(t, head+`{{ readFile "data/x.txt" }}{{ os.ReadFile "/data/../data/x.txt" | len }}
{{ fileExists "data/x.txt" }} {{ fileExists "/data" }} {{ os.FileExists "data/y.txt" }} {{ fileExists "" }}`, jam.Config{})
	if want := "some &lt;text&gt;\n12\ntrue true false true\n"; files["a/index.html"] != want {
		t.Errorf("got %q, want %q", files["a/index.html"], want)
	}
	for _, tt := range []struct{ src, want string }{
		{`{{ readFile "data/y.txt" }}`, `at <readFile "data/y.txt">: error calling readFile: data/y.txt: no such file in the site's tree`},
		{`{{ readFile "../x" }}`, `at <readFile "../x">: error calling readFile: "../x" leads out of the site's tree`},
		{`{{ fileExists "a/../../x" }}`, `at <fileExists "a/../../x">: error calling fileExists: "a/../../x" leads out of the site's tree`},
	} {
		got := complaints(t, nil, archive(t, head+tt.src))
		if want := "layouts/page.html:1:4: render: " + tt.want + " (page content/a.md)"; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.src, got, want)
		}
	}
}
