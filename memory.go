package jam

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/tree"
)

// MemoryOutput is an [Output] that keeps the files of the last finished build in
// memory. It is safe for concurrent use.
type MemoryOutput struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Memory returns an empty MemoryOutput.
func Memory() *MemoryOutput { return &MemoryOutput{} }

// Files returns the files of the last finished build by name. The map is the
// caller's; the contents must not be changed.
func (m *MemoryOutput) Files() map[string][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.files)
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
	return &memoryTransaction{out: m, files: make(map[string][]byte)}, nil
}

type memoryTransaction struct {
	out   *MemoryOutput
	mu    sync.Mutex
	files map[string][]byte
}

func (t *memoryTransaction) Write(_ context.Context, f *OutputFile) (Status, error) {
	b, err := f.Bytes()
	if err != nil {
		return "", err
	}
	t.out.mu.Lock()
	old, ok := t.out.files[f.Name()]
	t.out.mu.Unlock()
	status := Written
	if ok && bytes.Equal(old, b) {
		b, status = old, Kept
	} else if f.open == nil {
		b = bytes.Clone(b)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files[f.Name()] = b
	return status, nil
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
