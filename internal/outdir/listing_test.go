package outdir

import (
	"bytes"
	"crypto/rand"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// testEntries are of every kind, in order.
func testEntries() []*entry {
	const second = int64(time.Second)
	var entries []*entry
	for _, e := range []entry{
		{name: "- - - - - x"},
		{name: "a b", hasSum: true, sum: checksum{1, 0xab}, at: stamp{0, 1, 0, 0}},
		{name: "a/just now", hasSum: true, sum: checksum{2}, at: stamp{12, 1e18 - 1, 5, 7}},
		{name: "end 1 00000000"},
		{name: "index.html", hasSum: true, sum: checksum{15: 255}, at: stamp{maxStamp - 1, maxStamp - 1, maxStamp - 1, maxStamp - 1}},
		{name: "old", hasSum: true, sum: checksum{3}, at: stamp{100, 1e18 - 5*second, 1e18 - 5*second - 7, 4711}},
		{name: "without times", hasSum: true, sum: checksum{4}, at: stamp{size: 7}},
		{name: "日本語/ x .html", hasSum: true, at: stamp{100, 1e18 - 5*second, 1e18 - 1e8 - 1, 0}},
	} {
		entries = append(entries, &e)
	}
	return entries
}

func TestListingFormat(t *testing.T) {
	entries := testEntries()
	l, data := newListing(entries, time.Unix(1e9, 0))
	header, rest, _ := strings.Cut(string(data), "\n")
	const want = `- - - - - - - - - - x
01ab0000000000000000000000000000 0 1 0 0 a b
02000000000000000000000000000000 12 - - - a/just now
- - - - - end 1 00000000
000000000000000000000000000000ff 4611686018427387903 - - - index.html
03000000000000000000000000000000 100 999999995000000000 999999994999999993 4711 old
04000000000000000000000000000000 7 - - - without times
00000000000000000000000000000000 100 999999995000000000 999999999899999999 0 日本語/ x .html
end 8 `
	if !strings.HasPrefix(rest, want) || !strings.HasPrefix(header, listingHeader) {
		t.Errorf("manifest\n%s\nwant\n%s", data, want)
	}
	if l.header != header+"\n" || l.size != int64(len(data)) || !slices.Equal(l.entries, entries) {
		t.Errorf("listing %+v", l)
	}
	got, err := decodeAnyManifest(data)
	if err != nil || got.header != l.header || got.size != l.size || len(got.entries) != len(entries) {
		t.Fatalf("got %+v, %v", got, err)
	}
	for i, e := range got.entries {
		want := *entries[i]
		if want.brief {
			want.at = stamp{size: want.at.size}
		}
		if *e != want {
			t.Errorf("got %+v, want %+v", *e, want)
		}
	}
	// Lines stay as they are, but for those that lack times.
	_, again := newListing(got.entries, time.Unix(1e9, 0))
	if n := headerSize + len(want); string(again[headerSize:n]) != want || string(again[:headerSize]) == header+"\n" {
		t.Errorf("manifest\n%s\nbefore\n%s", again, data)
	}
	_, again = newListing(entries, time.Unix(2e9, 0))
	for _, line := range []string{
		"02000000000000000000000000000000 12 999999999999999999 5 7 a/just now\n",
		"000000000000000000000000000000ff 4611686018427387903 - - - index.html\n",
	} {
		if !strings.Contains(string(again), line) {
			t.Errorf("no line %q in\n%s", line, again)
		}
	}
}

func TestDamagedListing(t *testing.T) {
	_, data := newListing(testEntries(), time.Unix(1e9, 0))
	for i := range data {
		if _, err := decodeAnyManifest(data[:i]); err == nil {
			t.Errorf("accepts the first %d bytes", i)
		}
		for _, bit := range []byte{1, 0x20} {
			flipped := bytes.Clone(data)
			flipped[i] ^= bit
			if _, err := decodeAnyManifest(flipped); err == nil {
				t.Errorf("accepts %q", flipped)
			}
		}
	}
	_, err := decodeAnyManifest(append(bytes.Clone(data), '\n'))
	wantError(t, err, "damaged")
	_, err = decodeAnyManifest([]byte(strings.Replace(string(data), "manifest 2", "manifest 3", 1)))
	wantError(t, err, "unknown version")

	const sum = "01ab0000000000000000000000000000"
	for _, body := range []string{
		"a\n", "\n", "- a\n", "- - - - - \n", "- - - - -  \n" + "- - - - -  \n", "- - - - - b\n- - - - - a\n", "- - - - - ../a\n", "- - - - - .jam/x\n",
		sum + "\n", sum + " \n", sum + " 1\n", sum + " 1 \n", sum + " 1 a\n", sum + " 1 - - -\n", sum + " 1 - - - \n", sum + " - - - - a\n",
		sum[1:] + " 1 1 1 1 a\n", sum + "0 1 1 1 1 a\n", strings.ToUpper(sum) + " 1 1 1 1 a\n", "zz" + sum[2:] + " 1 1 1 1 a\n",
		sum + " 1 1 1 a\n", sum + " 1 1 1 1 \n", sum + " 1 1 1 1\n", sum + " 1 1 1 - a\n", sum + " 1 0 1 1 a\n", sum + " 1 1 1  a\n",
		sum + " 01 1 1 1 a\n", sum + " +1 1 1 1 a\n", sum + " -1 1 1 1 a\n", sum + " 1 -1 1 1 a\n", sum + " 1_0 1 1 1 a\n",
		sum + " 1 18446744073709551617 1 1 a\n", sum + " 1 1 4611686018427387910 1 a\n", sum + " 1 1 1 99999999999999999999999999 a\n",
		sum + " 1 1 1 1 a/../b\n", sum + " 1 1 1 1 a\n" + sum + " 1 1 1 1 a\n",
	} {
		if l, err := decodeAnyManifest(sealed(body)); err == nil {
			t.Errorf("%q is read as %+v", body, l.entries[0])
		}
	}
	if _, err := decodeAnyManifest(sealed(sum + " 1 1 1 1 a\n")); err != nil {
		t.Error(err)
	}
	for _, header := range []string{listingHeader + "\n", listingHeader + strings.Repeat("a", tokenSize) + "\n", listingHeader + strings.Repeat("A", tokenSize+1) + "\n"} {
		if _, err := decodeAnyManifest([]byte(header + manifestEnd(0, []byte(header)))); err == nil {
			t.Errorf("accepts %q", header)
		}
	}
}

// sealed returns a manifest with a right first and last line.
func sealed(body string) []byte {
	data := []byte(listingHeader + rand.Text() + "\n" + body)
	return append(data, manifestEnd(strings.Count(body, "\n"), data)...)
}

func TestRacy(t *testing.T) {
	const second = int64(time.Second)
	at := func(s stamp, want bool) {
		t.Helper()
		if got := s.racy(time.Unix(1000, 0)); got != want {
			t.Errorf("%+v: racy %v", s, got)
		}
	}
	fine := 1000*second - 100_000_000
	at(stamp{mtime: fine - 1}, false)
	at(stamp{mtime: fine + 1}, true)
	at(stamp{mtime: 5*second + 1, ctime: fine + 1}, true)
	at(stamp{mtime: 5*second + 1, ctime: fine - 1}, false)
	at(stamp{mtime: 998 * second}, false)
	at(stamp{mtime: 999 * second}, true)
	at(stamp{mtime: 5 * second, ctime: 999 * second}, true)
	at(stamp{mtime: 2000*second + 1}, true) // the clock went back
	for _, s := range []stamp{{}, {mtime: -1}, {mtime: math.MaxInt64}, {mtime: 1, ctime: -1}, {mtime: 1, ctime: math.MaxInt64}} {
		if s.timed() {
			t.Errorf("%+v has times", s)
		}
	}
}

func FuzzListing(f *testing.F) {
	_, data := newListing(testEntries(), time.Unix(1e9, 0))
	f.Add(data)
	f.Add(data[headerSize:bytes.LastIndex(data, []byte("end 8"))])
	f.Add([]byte("- - - - - a\n"))
	f.Add([]byte("01ab0000000000000000000000000000 12 1 2 3 ../a\n"))
	f.Add([]byte(listingHeader))
	f.Fuzz(func(t *testing.T, data []byte) {
		// The checksum would keep the fuzzer from the lines, so try them with a right one too.
		for _, data := range [][]byte{data, sealed(string(data))} {
			l, err := decodeAnyManifest(data)
			if err != nil {
				if l.entries != nil {
					t.Errorf("%q: entries beside %v", data, err)
				}
				continue
			}
			if l.header == "" {
				continue // FuzzManifest is for version 1
			}
			last := ""
			for _, e := range l.entries {
				if err := checkName(e.name, false); err != nil {
					t.Errorf("%q: %v", data, err)
				}
				if e.name <= last {
					t.Errorf("%q: %q after %q", data, e.name, last)
				}
				last = e.name
				line := e.line
				e.line = ""
				if e.encode(time.Unix(0, maxStamp).Add(time.Hour)); e.line != line {
					t.Errorf("the line %q is read as %q", line, e.line)
				}
			}
		}
	})
}
