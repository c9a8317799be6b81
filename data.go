package jam

import (
	"io/fs"
	"path"
	"strings"

	"github.com/jam-go/jam/internal/matter"
)

// loadData reads the files of the data folder.
func (l *loader) loadData(tree fs.FS) error {
	l.base.data = make(map[string]any)
	if tree == nil {
		return nil
	}
	src := &fsSource{fsys: tree, name: "data"}
	taken := make(map[string]string)
	for doc, err := range src.Documents(l.ctx) {
		if l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		if err != nil {
			l.fail(Errors(wrapOp(l.ctx, "read", "data", err))...)
			continue
		}
		if l.set.ignored(doc.Path) {
			continue
		}
		key := strings.TrimSuffix(doc.Path, path.Ext(doc.Path))
		if other, ok := taken[key]; ok {
			l.fail(errorAt("data", doc.name(), "has the same name as %s", other))
			continue
		}
		taken[key] = doc.name()
		l.loadDatum(tree, doc)
	}
	return nil
}

func (l *loader) loadDatum(tree fs.FS, doc *Document) {
	var format matter.Format
	switch strings.ToLower(path.Ext(doc.Path)) {
	case ".yaml", ".yml":
		format = "yaml"
	case ".toml":
		format = "toml"
	case ".json":
		format = "json"
	case ".csv":
		format = matter.CSV
	case ".tsv":
		format = matter.TSV
	case ".xml":
		format = matter.XML
	default:
		l.warn(errorAt("data", doc.name(), "unknown format: want .yaml, .yml, .toml, .json, .csv, .tsv or .xml; the file is left out"))
		return
	}
	src, err := readFile(tree, doc.Path, l.set.Limits.FileSize)
	if err != nil {
		l.fail(&Error{Op: "read", Path: doc.name(), Err: err})
		return
	}
	node, err := l.set.Limits.data().ParseData(format, src)
	if err != nil {
		err = nameLimits(err, "FileSize", "DataValues")
		l.fail(placed("data", doc.name(), err)...)
		return
	}
	elems := strings.Split(strings.TrimSuffix(doc.Path, path.Ext(doc.Path)), "/")
	at := l.base.data
	for _, dir := range elems[:len(elems)-1] {
		sub, ok := at[dir].(map[string]any)
		if !ok {
			if at[dir] != nil {
				l.fail(errorAt("data", doc.name(), "the folder %s has the same name as a file beside it", dir))
				return
			}
			sub = make(map[string]any)
			at[dir] = sub
		}
		at = sub
	}
	name := elems[len(elems)-1]
	if folder, ok := at[name].(map[string]any); ok {
		// A file beside a folder of its name: the file's entries join the folder's.
		if values, ok := node.ValueIn(l.set.Location).(map[string]any); ok {
			for k, v := range values {
				if _, dup := folder[k]; !dup {
					folder[k] = v
				}
			}
			return
		}
		l.fail(errorAt("data", doc.name(), "the file has the same name as a folder beside it"))
		return
	}
	at[name] = node.ValueIn(l.set.Location)
}
