package jam

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/tree"
)

// MemoryOutput is an [Output] that keeps the files of the last finished build in
// memory. It is safe for concurrent use.
type MemoryOutput struct {
	mu    sync.Mutex
	files map[string]memoryFile
}

// memoryFile is a file's content, which is not changed, and its checksum if that is known.
type memoryFile struct {
	content []byte
	sum     Sum
	hasSum  bool
}

// Memory returns an empty MemoryOutput.
func Memory() *MemoryOutput { return &MemoryOutput{} }

// Files returns the files of the last finished build by name. The map is the
// caller's; the contents must not be changed.
func (m *MemoryOutput) Files() map[string][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	files := make(map[string][]byte, len(m.files))
	for name, f := range m.files {
		files[name] = f.content
	}
	return files
}

// FS returns the files of the last finished build as a file system.
func (m *MemoryOutput) FS() fs.FS {
	files := m.Files()
	return tree.New(slices.Sorted(maps.Keys(files)), time.Time{}, func(name string) (tree.Content, error) {
		b := files[name]
		return tree.Content{Size: int64(len(b)), Reader: bytes.NewReader(b)}, nil
	})
}

// Begin starts a build, as [Output] says.
func (m *MemoryOutput) Begin(context.Context) (Transaction, error) {
	return &memoryTransaction{out: m, files: make(map[string]memoryFile)}, nil
}

// file returns a file of the last finished build.
func (m *MemoryOutput) file(name string) (memoryFile, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.files[name]
	return f, ok
}

type memoryTransaction struct {
	out   *MemoryOutput
	mu    sync.Mutex
	files map[string]memoryFile
}

func (t *memoryTransaction) Write(_ context.Context, f *OutputFile) (Status, error) {
	if err := filename.Check(f.name); err != nil {
		return "", err
	}
	b, err := f.Bytes()
	if err != nil {
		return "", err
	}
	if f.open != nil { // a sum that is there may be of another reading
		if f.hasSum = f.hasSum || f.wantSum; f.hasSum {
			f.sum = sha256.Sum256(b)
		}
	}
	now := memoryFile{b, f.sum, f.hasSum}
	status := Written
	if old, ok := t.out.file(f.Name()); ok && bytes.Equal(old.content, b) {
		now.content, status = old.content, Kept
		if !now.hasSum {
			now = old
		}
	} else if f.open == nil {
		now.content = bytes.Clone(b)
	}
	t.put(f.Name(), now)
	return status, nil
}

// Keep implements [Keeper].
func (t *memoryTransaction) Keep(_ context.Context, name string, sum Sum) (bool, error) {
	old, ok := t.out.file(name)
	if !ok {
		return false, nil
	}
	if !old.hasSum {
		old.sum, old.hasSum = sha256.Sum256(old.content), true
	}
	if old.sum != sum {
		return false, nil
	}
	t.put(name, old)
	return true, nil
}

func (t *memoryTransaction) put(name string, f memoryFile) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files[name] = f
}

func (t *memoryTransaction) Commit(context.Context) ([]string, error) {
	t.out.mu.Lock()
	defer t.out.mu.Unlock()
	var removed []string
	for name := range t.out.files {
		if _, ok := t.files[name]; !ok {
			removed = append(removed, name)
		}
	}
	t.out.files = t.files
	slices.Sort(removed)
	return removed, nil
}

func (t *memoryTransaction) Abort() error { return nil }
