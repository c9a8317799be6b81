package jam

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"weak"

	"github.com/jam-go/jam/internal/pack"
)

// valuesCache is a cache in memory.
type valuesCache struct {
	mu     sync.Mutex
	values map[string][]byte
	put    func(c *valuesCache, key string) // is called after each Put
	got    []weak.Pointer[byte]             // values that were asked for
}

func (c *valuesCache) Get(_ context.Context, key string) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	v = bytes.Clone(v)
	c.got = append(c.got, weak.Make(&v[0]))
	return v, nil
}

func (c *valuesCache) Put(_ context.Context, key string, value []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = make(map[string][]byte)
	}
	c.values[key] = bytes.Clone(value)
	if c.put != nil {
		c.put(c, key)
	}
	return nil
}

func (c *valuesCache) Delete(_ context.Context, key string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.values, key)
	return nil
}

// packed returns how many packs there are, and their bytes.
func (c *valuesCache) packed() (packs, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, v := range c.values {
		if strings.HasPrefix(key, packPrefix) {
			packs++
			size += len(v)
		}
	}
	return packs, size
}

// smallest returns the key of the smallest pack.
func (c *valuesCache) smallest() string {
	keys := slices.DeleteFunc(slices.Collect(maps.Keys(c.values)), func(key string) bool { return !strings.HasPrefix(key, packPrefix) })
	return slices.MinFunc(keys, func(a, b string) int { return len(c.values[a]) - len(c.values[b]) })
}

// list returns the list of builds.
func (c *valuesCache) list(t *testing.T) buildList {
	t.Helper()
	list, err := decodeBuilds(c.values[buildsKey])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// packTree is a site whose pages fill several packs.
func packTree(edit string) fstest.MapFS { return pagesTree(edit, 1<<14) }

// pagesTree is a site of 24 pages, of which the first is edited.
func pagesTree(edit string, size int) fstest.MapFS {
	tree := fstest.MapFS{"layouts/all.html": {Data: []byte("{{ .Content }}{{ .Summary }}" + strings.Repeat("0123456789abcdef", size))}}
	for i := range 24 {
		tree[fmt.Sprintf("content/p%02d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %d\n---\ntext%s", i, edit)}
		edit = ""
	}
	return tree
}

func packSite(t *testing.T, tree fs.FS, cache Cache) *Site {
	t.Helper()
	s, err := Load(t.Context(), tree, &Config{Cache: cache, Minify: Minify{Disabled: true}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustBuild(t *testing.T, s *Site, out Output) *Report {
	t.Helper()
	r, err := s.Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// filled checks that an empty output is filled from a cache alone, with what a clean build makes.
func filled(t *testing.T, tree fs.FS, cache Cache) {
	t.Helper()
	out, clean := Memory(), Memory()
	if r := mustBuild(t, packSite(t, tree, cache), out); len(r.Rendered) > 0 || len(r.Warnings) > 0 {
		t.Errorf("made anew: %v; warnings: %v", r.Rendered, r.Warnings)
	}
	mustBuild(t, packSite(t, tree, nil), clean)
	if !maps.EqualFunc(out.Files(), clean.Files(), bytes.Equal) {
		t.Error("the output is not that of a clean build")
	}
}

// TestBuildsAtOnce has several builds of one site write to its cache at once.
func TestBuildsAtOnce(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	s := packSite(t, tree, cache)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { mustBuild(t, s, Memory()) })
	}
	wg.Wait()
	filled(t, tree, cache)
}

// TestPacksOfNothing stores files that are empty.
func TestPacksOfNothing(t *testing.T) {
	tree, cache := pagesTree("", 1), new(valuesCache)
	tree["layouts/page.html"] = &fstest.MapFile{}
	mustBuild(t, packSite(t, tree, cache), Memory())
	filled(t, tree, cache)
}

// TestPackBuffers shows that the memory of packs is used again: no buffer becomes larger than a pack.
func TestPackBuffers(t *testing.T) {
	p := (&store{cache: new(valuesCache)}).begin()
	content := make([]byte, 11_000)
	for range 3 * packSize / len(content) {
		p.keep(t.Context(), new(routeRecord), content)
	}
	p.mu.Lock()
	p.flush(t.Context())
	p.mu.Unlock()
	p.writing.Wait()
	for range cap(p.empty) {
		if b := <-p.empty; cap(b) != packSize {
			t.Errorf("a buffer of %d bytes", cap(b))
		}
	}
}

// failingOutput fails to write one file, or to commit.
type failingOutput struct {
	Output
	failWrite, failCommit bool
}

type failingTransaction struct {
	Transaction
	out *failingOutput
}

func (o *failingOutput) Begin(ctx context.Context) (Transaction, error) {
	tr, err := o.Output.Begin(ctx)
	return failingTransaction{tr, o}, err
}

func (tr failingTransaction) Write(ctx context.Context, f *OutputFile) (Status, error) {
	if tr.out.failWrite && f.Name() == "p20/index.html" {
		return "", errors.New("no")
	}
	return tr.Transaction.Write(ctx, f)
}

func (tr failingTransaction) Commit(ctx context.Context) ([]string, error) {
	if tr.out.failCommit {
		return nil, errors.New("no")
	}
	return tr.Transaction.Commit(ctx)
}

// TestFailedBuildLeavesNothing has a build fail: what it has stored goes, and the next one has nothing of it.
func TestFailedBuildLeavesNothing(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	s := packSite(t, tree, cache)
	written := 0
	cache.put = func(_ *valuesCache, key string) {
		if strings.HasPrefix(key, packPrefix) {
			written++
		}
	}
	out := &failingOutput{Output: Memory(), failWrite: true}
	if _, err := s.Build(t.Context(), out); err == nil {
		t.Fatal("the build doesn't fail")
	}
	if packs, _ := cache.packed(); packs > 0 || written == 0 || len(cache.list(t)) > 0 {
		t.Errorf("%d packs of %d are left of a build that failed, and %v", packs, written, cache.list(t))
	}
	out.failWrite = false
	mustBuild(t, s, out)
	size := 0
	for _, b := range out.Output.(*MemoryOutput).Files() {
		size += len(b)
	}
	if _, packed := cache.packed(); packed != size {
		t.Errorf("packs have %d bytes, the files %d", packed, size)
	}
	filled(t, tree, cache)
}

// TestFailedCommit has an output fail in the end, when the records are in the cache: they hold.
func TestFailedCommit(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	if _, err := packSite(t, tree, cache).Build(t.Context(), &failingOutput{Output: Memory(), failCommit: true}); err == nil {
		t.Fatal("the build doesn't fail")
	}
	filled(t, tree, cache)
}

// killed builds a tree with a cache, and puts that into the state in which it is when the build is killed at its first pack.
func killed(t *testing.T, tree fs.FS, cache *valuesCache) {
	t.Helper()
	var left map[string][]byte
	cache.put = func(c *valuesCache, key string) {
		if strings.HasPrefix(key, packPrefix) && left == nil {
			left = maps.Clone(c.values)
		}
	}
	mustBuild(t, packSite(t, tree, cache), Memory())
	cache.put, cache.values = nil, left
}

// older makes the builds on the list older.
func (c *valuesCache) older(t *testing.T, by time.Duration) {
	list := c.list(t)
	w := new(pack.Writer)
	w.Uint(uint64(len(list)))
	for i := range list {
		list[i].begun = list[i].begun.Add(-by)
		list[i].encode(w)
	}
	c.values[buildsKey] = w.Seal()
}

// TestKilledBuild kills a build: what it has stored is left alone for some time, since the build may be under way, and then removed.
func TestKilledBuild(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	killed(t, tree, cache)
	if packs, _ := cache.packed(); packs != 1 {
		t.Fatalf("%d packs are left", packs)
	}
	mustBuild(t, packSite(t, tree, cache), Memory())
	filled(t, tree, cache)
	whole, _ := cache.packed()
	if list := cache.list(t); whole < 4 || len(list) != 2 {
		t.Fatalf("%d packs of %v", whole, list)
	}
	cache.older(t, 2*longestBuild)
	tree = packTree(" edited")
	mustBuild(t, packSite(t, tree, cache), Memory())
	if packs, _ := cache.packed(); packs != whole-1+1 || len(cache.list(t)) != 2 {
		t.Errorf("%d packs of %v after a build that is to remove one and to add one to %d", packs, cache.list(t), whole)
	}
	filled(t, tree, cache)
}

// TestBuildUnderWay has a build begin and end while another one is under way, which then has all that it wrote.
func TestBuildUnderWay(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	mustBuild(t, packSite(t, packTree(" first"), cache), Memory())
	edited, once := packTree(" edited"), false
	cache.put = func(c *valuesCache, key string) {
		if strings.HasPrefix(key, packPrefix) && !once {
			once = true
			c.mu.Unlock()
			defer c.mu.Lock()
			mustBuild(t, packSite(t, edited, cache), Memory())
		}
	}
	mustBuild(t, packSite(t, tree, cache), Memory())
	filled(t, tree, cache)
}

// TestKilledBuildsArePruned kills many builds: what they leave has a bound.
func TestKilledBuildsArePruned(t *testing.T) {
	tree, cache := pagesTree("", 1), new(valuesCache)
	mustBuild(t, packSite(t, tree, cache), Memory())
	for i := range 3 * mostUnused {
		tree = pagesTree(fmt.Sprint("edit ", i), 1)
		killed(t, tree, cache)
		if i%2 == 1 {
			mustBuild(t, packSite(t, tree, cache), Memory())
			filled(t, tree, cache)
		}
	}
	list := make(map[string]bool)
	for _, b := range cache.list(t) {
		list[b.name] = true
	}
	if len(list) > mostUnused+16 {
		t.Errorf("%d builds on the list", len(list))
	}
	for key := range cache.values {
		if strings.HasPrefix(key, packPrefix) && !list[packBuild(key)] {
			t.Errorf("%s is not on the list", key)
		}
	}
}

// TestAnotherProgram has a cache of another program: everything is made anew, and what that has left is removed.
func TestAnotherProgram(t *testing.T) {
	tree, cache := pagesTree("", 1), new(valuesCache)
	mustBuild(t, packSite(t, tree, cache), Memory())
	key, _, err := packSite(t, tree, cache).v.snap.set.storeKeys()
	if err != nil {
		t.Fatal(err)
	}
	index, err := decodeIndex(cache.values[indexKey], key)
	if err != nil || index.ledger == nil {
		t.Fatal(err)
	}
	was := maps.Clone(cache.values)
	for want, other := range map[string]storeKey{
		"program changed": {key.program + 1, key.config}, "configuration changed": {key.program, key.config + 1},
	} {
		cache.values = maps.Clone(was)
		cache.values[indexKey], _ = encodeIndex(index.ledger, other)
		if r := mustBuild(t, packSite(t, tree, cache), Memory()); len(r.Warnings) > 0 || len(r.Rendered) != 25 || r.Rendered[0].Why != want {
			t.Errorf("%s: %v, warnings %v", want, r.Rendered, r.Warnings)
		}
		if packs, _ := cache.packed(); packs != 1 || len(cache.list(t)) != 1 {
			t.Errorf("%s: %d packs of %v", want, packs, cache.list(t))
		}
		filled(t, tree, cache)
	}
}

// TestDamagedList damages the list of builds, which is told, and made anew.
func TestDamagedList(t *testing.T) {
	cache := new(valuesCache)
	mustBuild(t, packSite(t, pagesTree("", 1), cache), Memory())
	cache.values[buildsKey][3] ^= 1
	r := mustBuild(t, packSite(t, pagesTree("edit", 1), cache), Memory())
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Error(), "list of builds is damaged") {
		t.Errorf("warnings: %v", r.Warnings)
	}
	if r = mustBuild(t, packSite(t, pagesTree("another edit", 1), cache), Memory()); len(r.Warnings) > 0 {
		t.Errorf("warnings: %v", r.Warnings)
	}
	filled(t, pagesTree("another edit", 1), cache)
}

// TestPacksAreForgotten fills an output from a cache: no pack stays in the memory of the site.
func TestPacksAreForgotten(t *testing.T) {
	tree, cache := packTree(""), new(valuesCache)
	mustBuild(t, packSite(t, tree, cache), Memory())
	s := packSite(t, tree, cache)
	cache.got = nil
	mustBuild(t, s, Zip(new(bytes.Buffer)))
	if len(cache.got) == 0 {
		t.Fatal("no pack was read")
	}
	runtime.GC()
	if slices.ContainsFunc(cache.got, func(p weak.Pointer[byte]) bool { return p.Value() != nil }) {
		t.Error("a pack stays in memory")
	}
	runtime.KeepAlive(s)
}

// TestPacksAreCompacted has builds that make one page each, which leaves packs of one page: once there are many, they become one.
// What has got lost of them meanwhile is made anew.
func TestPacksAreCompacted(t *testing.T) {
	const most = 16 // as many small packs as are left alone
	for _, lost := range []bool{false, true} {
		tree, cache := pagesTree("", 16), new(valuesCache)
		out := Memory()
		mustBuild(t, packSite(t, tree, cache), out)
		compacted := false
		for i := range 20 {
			name := fmt.Sprintf("content/p%02d.md", i)
			tree[name] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %d\n---\nedited", i)}
			before, _ := cache.packed()
			site := packSite(t, tree, cache)
			if lost && before == most-1 {
				delete(cache.values, cache.smallest())
			}
			r := mustBuild(t, site, out)
			if len(r.Rendered) != 1 {
				t.Errorf("build %d made %v", i, r.Rendered)
			}
			packs, _ := cache.packed()
			if packs > most {
				t.Fatalf("%d packs after build %d", packs, i)
			}
			compacted = compacted || packs < before-most/2
		}
		if !compacted {
			t.Error("there never were fewer packs than before")
		}
		if !lost {
			filled(t, tree, cache)
			continue
		}
		out, clean := Memory(), Memory()
		if r := mustBuild(t, packSite(t, tree, cache), out); len(r.Rendered) != 1 {
			t.Errorf("made anew, of one file that was lost: %v", r.Rendered)
		}
		mustBuild(t, packSite(t, tree, nil), clean)
		if !maps.EqualFunc(out.Files(), clean.Files(), bytes.Equal) {
			t.Error("the output is not that of a clean build")
		}
	}
}

// FuzzBuilds reads what may be no list of builds.
func FuzzBuilds(f *testing.F) {
	w := new(pack.Writer)
	w.Uint(1)
	(&listedBuild{"abc", 3, time.Unix(1e9, 0)}).encode(w)
	f.Add(w.B)
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := decodeBuilds((&pack.Writer{B: bytes.Clone(b)}).Seal())
		if err != nil {
			return
		}
		for _, l := range list {
			if checkCacheKey(packKey(l.name, l.packs)) != nil || l.packs < 0 || l.packs >= mostPacks {
				t.Errorf("%+v", l)
			}
		}
	})
}
