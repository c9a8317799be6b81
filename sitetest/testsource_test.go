package sitetest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestSources tests those of package jam.
func TestSources(t *testing.T) {
	tree := fstest.MapFS{
		"a.md": {Data: []byte("A")}, "posts/b/index.md": {Data: []byte("B")}, "posts/b/pic.svg": {Data: []byte("<svg/>")}, ".hidden.md": {},
	}
	many := make([]*jam.Document, 300)
	for i := range many {
		many[i] = &jam.Document{Path: fmt.Sprintf("many/%d.md", i), Body: []byte("text"), FrontMatter: map[string]any{"weight": i}}
	}
	for name, src := range map[string]jam.Source{
		"FS": jam.FS(tree), "folder": jam.FS(os.DirFS("../testdata/sites")), "Mount": jam.Mount("api", jam.FS(tree)), "Documents": jam.Documents(many...),
		"Mount at the root": jam.Mount("/", jam.Documents(many...)), "nothing": jam.Documents(),
	} {
		expected := map[string][]string{
			"FS": {"a.md", "posts/b/index.md", "posts/b/pic.svg"}, "folder": {"shortcodes.txtar"}, "Mount": {"api/a.md"},
			"Documents": {"many/0.md", "many/299.md"}, "Mount at the root": {"many/7.md"},
		}[name]
		if err := sitetest.TestSource(src, expected...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sourceFunc is a Source made of a function.
type sourceFunc func(ctx context.Context, yield func(*jam.Document, error) bool)

func (f sourceFunc) Documents(ctx context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) { f(ctx, yield) }
}

// doc returns a document with an Open.
func doc(path string, open func() (io.ReadCloser, error)) *jam.Document {
	return &jam.Document{Path: path, Open: open}
}

func give(docs ...*jam.Document) sourceFunc {
	return func(_ context.Context, yield func(*jam.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

type closer struct {
	io.Reader
	close func() error
}

func (c closer) Close() error { return c.close() }

// oneReader is a reader that several goroutines read.
type oneReader struct {
	mu   sync.Mutex
	text string
}

func (r *oneReader) Read(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.text == "" {
		return 0, io.EOF
	}
	n := copy(b, r.text)
	r.text = r.text[n:]
	return n, nil
}

// TestBrokenSources holds TestSource against one Source for each of its checks.
func TestBrokenSources(t *testing.T) {
	cause := errors.New("the cause")
	var n atomic.Int64
	tests := []struct {
		name     string
		src      jam.Source
		expected []string
		want     string // a problem found
	}{
		{"missing", give(&jam.Document{Path: "posts/hello.md"}), []string{"posts/helo.md"}, `there is no document "posts/helo.md" (did you mean "posts/hello.md"?)`},
		{"not expected", give(&jam.Document{Path: "a.md"}), nil, `no documents are expected, but there are "a.md"`},
		{"twice", give(&jam.Document{Path: "a.md"}, &jam.Document{Path: "a.md"}), []string{"a.md"}, `Documents yields the path "a.md" twice`},
		{"nil", give(nil), nil, "Documents yields a nil Document without an error"},
		{"error", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) { yield(nil, cause) }), nil, "Documents yields an error: the cause"},
		{"error of a document", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md"}, cause)
		}), nil,
			`Documents yields "a.md" with an error: the cause`},
		{"panic", sourceFunc(func(context.Context, func(*jam.Document, error) bool) { panic("no") }), nil, "Documents panics: no"},
		{"path", give(&jam.Document{Path: "/a.md"}), []string{"/a.md"}, `the path "/a.md" is not valid: want slashes, and no . or .. within`},
		{"no path", give(&jam.Document{Path: "."}), []string{"."}, `the path "." is not valid`},
		{"extension", give(&jam.Document{Path: "a"}), []string{"a"}, `the path "a" has no extension, such as .md`},
		{"open", give(doc("a.md", func() (io.ReadCloser, error) { return nil, cause })), []string{"a.md"}, "a.md cannot be read: the cause"},
		{"close", give(doc("a.md", func() (io.ReadCloser, error) {
			return closer{strings.NewReader("x"), func() error { return cause }}, nil
		})), []string{"a.md"}, "a.md cannot be read: the cause"},
		{"close early", give(doc("a.md", func() (io.ReadCloser, error) {
			r := strings.NewReader("x")
			return closer{r, func() error {
				if r.Len() > 0 {
					return cause
				}
				return nil
			}}, nil
		})), []string{"a.md"}, "a.md, not read to its end, cannot be closed: the cause"},
		{"open once", give(doc("a.md", func() func() (io.ReadCloser, error) {
			var opened atomic.Bool
			return func() (io.ReadCloser, error) {
				if opened.Swap(true) {
					return nil, cause
				}
				return io.NopCloser(strings.NewReader("x")), nil
			}
		}())), []string{"a.md"}, "a.md cannot be read again, by several goroutines at a time: the cause"},
		{"other each time", give(doc("a.md", func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(fmt.Sprint("text ", n.Add(1)))), nil
		})), []string{"a.md"}, "a.md is another when it is read again: "},
		{"one reader", give(doc("a.md", func() func() (io.ReadCloser, error) {
			r := &oneReader{text: "x"}
			return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
		}())), []string{"a.md"}, `a.md is another when it is read again: "", before "x"`},
		{"panic in Open", give(doc("a.md", func() (io.ReadCloser, error) { panic("no") })), []string{"a.md"}, "Open of a.md panics: no"},
		{"once", func() jam.Source {
			done := false
			return sourceFunc(func(ctx context.Context, yield func(*jam.Document, error) bool) {
				if !done {
					done = true
					yield(&jam.Document{Path: "a.md"}, nil)
				}
			})
		}(), []string{"a.md"}, `"a.md" is not there the second time`},
		{"other paths", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: fmt.Sprintf("%d.md", n.Add(1))}, nil)
		}), []string{"a.md"}, "is there only the second time"},
		{"other bodies", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md", Body: fmt.Append(nil, n.Add(1))}, nil)
		}), []string{"a.md"}, `"a.md" has another body the second time`},
		{"other times", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md", ModTime: time.Unix(n.Add(1), 0)}, nil)
		}), []string{"a.md"}, `"a.md" has another ModTime the second time`},
		{"other front matter", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md", FrontMatter: map[string]any{fmt.Sprint("k", n.Add(1)): 1}}, nil)
		}), []string{"a.md"}, `"a.md" has other front matter the second time`},
		{"goes on", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md"}, nil)
			yield(&jam.Document{Path: "b.md"}, nil)
		}), []string{"a.md"}, "Documents, when the loop over it ends, panics: "},
		{"goes on after the first", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			yield(&jam.Document{Path: "a.md"}, nil)
			_ = yield(&jam.Document{Path: "b.md"}, nil) && yield(&jam.Document{Path: "c.md"}, nil)
		}), []string{"a.md"}, "Documents, when the loop over it ends, panics: "},
		{"goes on after the second", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			if yield(&jam.Document{Path: "a.md"}, nil) {
				yield(&jam.Document{Path: "b.md"}, nil)
				yield(&jam.Document{Path: "c.md"}, nil)
			}
		}), []string{"a.md"}, "Documents, when the loop over it ends, panics: "},
		{"does not heed the context", sourceFunc(func(_ context.Context, yield func(*jam.Document, error) bool) {
			for i := range 200 {
				if !yield(&jam.Document{Path: fmt.Sprintf("%d.md", i)}, nil) {
					return
				}
			}
		}), []string{"0.md"}, "Documents goes on after its context has ended: it yields more than 100 further documents"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := sitetest.TestSource(tt.src, tt.expected...)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("have %v\nwant %s", err, tt.want)
			}
			if strings.Contains(tt.want, cause.Error()) && !errors.Is(err, cause) {
				t.Errorf("the cause is not within %v", err)
			}
		})
	}
}

func ExampleTestSource() {
	src := jam.Documents(&jam.Document{Path: "posts/hello.md"}, &jam.Document{Path: "/posts/other.md"})
	fmt.Println(sitetest.TestSource(src, "posts/hello.md", "posts/other.md"))
	// Output:
	// there is no document "posts/other.md" (did you mean "/posts/other.md"?)
	// the path "/posts/other.md" is not valid: want slashes, and no . or .. within
}
