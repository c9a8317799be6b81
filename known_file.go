package jam

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"slices"

	"github.com/jam-go/jam/internal/layouts"
	"github.com/jam-go/jam/internal/pack"
)

// documentsKey is the key of what is known of documents.
const documentsKey = "documents"

// readDocuments returns what the cache knows of documents, or nil.
func (st *store) readDocuments(ctx context.Context) (k *knownDocuments) {
	b, err := st.get(ctx, documentsKey)
	if err == nil {
		k, err = decodeDocuments(b, st.docs)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) && ctx.Err() == nil {
		st.warn("what it knows of documents can't be read, so all of them are: %w", err)
	}
	return k
}

// keepDocuments writes what is known of documents, unless the cache has most of it: a few are sooner read than all written.
func (st *store) keepDocuments(ctx context.Context, s *snapshot) {
	if st == nil || st.cache == nil || !s.set.reloads() {
		return
	}
	const few = 64 // of so many one
	unkept := s.unkept.Load()
	if unkept == 0 || int(unkept) <= len(s.docs)/few {
		return
	}
	if st.put(ctx, documentsKey, encodeDocuments(s, st.docs)) {
		s.unkept.Add(-unkept)
	}
}

// countUnkept counts documents of which the cache has not what is known.
func (l *loader) countUnkept() {
	if l.set.Cache == nil {
		return
	}
	unkept, held := 0, 0
	for i, it := range l.items {
		switch {
		case it.holds && it.known.text.stamp == it.text.stamp:
			held++
		case l.last != nil && l.last.inherits && it.was > 0 && l.last.last.textOf(int(it.was)-1).stamp == it.text.stamp:
		case l.snap.isKeepable(i):
			unkept++
		}
	}
	if l.known != nil {
		unkept = max(unkept, len(l.known.list)-held) // of which those that have changed are both
	}
	if l.last != nil {
		unkept += int(l.last.last.unkept.Load())
	}
	l.snap.unkept.Store(int64(unkept))
}

// What a document is, as the cache has it.
const (
	isRooted = 1 << iota
	isWhole
	isPart
	isHeaded
	callsCodes
)

// encodeDocuments returns what a snapshot knows of documents, for those who have the same key.
func encodeDocuments(s *snapshot, key storeKey) []byte {
	w := new(pack.Writer)
	w.Fixed(key.program)
	w.Fixed(key.config)
	writeDocuments(w, s)
	return w.Seal()
}

// writeDocuments writes what a snapshot knows of documents.
func writeDocuments(w *pack.Writer, s *snapshot) {
	e := &documentEncoder{set: s.set, texts: make(map[string]int)}
	list, n := new(pack.Writer), 0
	for i := range s.docs {
		if k, ok := e.document(s, i); ok {
			k.encode(list)
			n++
		}
	}
	w.Fixed(s.cascades.sum)
	writeTexts(w, s.content.shortcodeFiles())
	writeUses(w, s.content)
	writeTexts(w, e.list)
	w.Uint(uint64(n))
	w.Raw(list.B)
}

func writeTexts(w *pack.Writer, list []string) {
	w.Uint(uint64(len(list)))
	for _, text := range list {
		w.String(text)
	}
}

func readTexts(r *pack.Reader) []string {
	list := make([]string, r.Len(1))
	for i := range list {
		list[i] = r.String()
	}
	return list
}

// document returns what is to be known of a document; false: it is to be read again.
func (e *documentEncoder) document(s *snapshot, i int) (k knownDocument, ok bool) {
	f, d := s.docs[i], s.made[i]
	if !s.isKeepable(i) {
		return k, false
	}
	k = knownDocument{
		name: []byte(f.doc.name), skip: f.doc.skip, local: f.loc.index, from: f.from, rooted: f.rooted, whole: d == nil, text: s.textOf(i),
	}
	if d == nil {
		return k, true
	}
	k.part, k.headed = d.part, d.headed
	k.page, ok = e.page(d)
	return k, ok
}

// textOf returns what is known of the text of a document.
func (s *snapshot) textOf(i int) pageText {
	if d := s.made[i]; d != nil && d.id != noPage {
		return *s.text(d)
	}
	return s.others[s.docs[i]]
}

// isKeepable tells whether what a document is described as depends on no more than the program, its configuration, the
// file and what is inherited.
func (s *snapshot) isKeepable(i int) bool {
	f, d := s.docs[i], s.made[i]
	switch {
	case f.format == "", f.doc.file == nil, s.textOf(i).stamp == 0, s.warned[f.doc.name]:
		return false
	case d == nil:
		return true
	}
	return d.front == nil && d.typed == nil && len(d.meta.Cascade) == 0 && !(d.headed && d.kind() == KindHome)
}

func (k *knownDocument) encode(w *pack.Writer) {
	flags := uint64(0)
	for i, is := range []bool{k.rooted, k.whole, k.part, k.headed, k.text.codes} {
		if is {
			flags |= 1 << i
		}
	}
	w.Uint(uint64(len(k.name)))
	w.Raw(k.name)
	w.Uint(uint64(k.skip))
	w.Uint(uint64(k.local))
	w.Uint(uint64(k.from))
	w.Uint(flags)
	w.Fixed(k.text.stamp)
	w.Fixed(k.text.front)
	w.Fixed(k.text.sum)
	w.Uint(uint64(k.text.start))
	w.Uint(uint64(k.text.size))
	w.Uint(uint64(k.text.line))
	w.Uint(uint64(len(k.page)))
	w.Raw(k.page)
}

func (k *knownDocument) decode(r *pack.Reader) {
	k.name = r.Raw(r.Len(1))
	k.skip = r.Index(len(k.name) + 1)
	k.local, k.from = int(r.Uint()), number32(r)
	flags := r.Uint()
	k.rooted, k.whole, k.part, k.headed = flags&isRooted != 0, flags&isWhole != 0, flags&isPart != 0, flags&isHeaded != 0
	k.text = pageText{stamp: r.Fixed(), front: r.Fixed(), sum: r.Fixed(), codes: flags&callsCodes != 0}
	k.text.start, k.text.size, k.text.line = number32(r), number32(r), number32(r)
	k.page = r.Raw(r.Len(1))
}

func number32(r *pack.Reader) int32 { return int32(r.Index(math.MaxInt32)) }

// writeUses writes the templates of shortcodes that texts call.
func writeUses(w *pack.Writer, c *contentTemplates) {
	var uses []knownUse
	c.used.Range(func(t, use any) bool {
		uses = append(uses, knownUse{use.(shortcodeUse), uint64(innerOf(t.(*layouts.Template)))})
		return true
	})
	slices.SortFunc(uses, func(a, b knownUse) int { return slices.Compare(a.strings(), b.strings()) })
	w.Uint(uint64(len(uses)))
	for _, u := range uses {
		for _, text := range u.strings() {
			w.String(text)
		}
		w.Uint(u.inner)
	}
}

func (u *knownUse) strings() []string {
	q := &u.query
	return []string{u.name, q.Kind, q.Layout, q.Type, q.Dir, q.Lang, q.Format, q.Suffix}
}

func (u *knownUse) decode(r *pack.Reader) {
	q := &u.query
	for _, text := range []*string{&u.name, &q.Kind, &q.Layout, &q.Type, &q.Dir, &q.Lang, &q.Format, &q.Suffix} {
		*text = r.String()
	}
	u.inner = r.Uint()
}

// decodeDocuments reads what encodeDocuments returned; it returns nil for what another program wrote, or one with another configuration.
func decodeDocuments(b []byte, key storeKey) (*knownDocuments, error) {
	r, err := pack.NewReader(b)
	if err != nil || (storeKey{r.Fixed(), r.Fixed()}) != key {
		return nil, err
	}
	return readDocuments(r)
}

// readDocuments reads what writeDocuments wrote. The descriptions of pages are read when they are needed.
func readDocuments(r *pack.Reader) (*knownDocuments, error) {
	k := &knownDocuments{cascades: r.Fixed(), files: readTexts(r)}
	k.uses = make([]knownUse, r.Len(9))
	for i := range k.uses {
		k.uses[i].decode(r)
	}
	k.texts = readTexts(r)
	k.list = make([]knownDocument, r.Len(33))
	for i := range k.list {
		k.list[i].decode(r)
	}
	return k, r.Err()
}
