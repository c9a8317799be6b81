package outdir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"strings"
)

// A manifest is a header line, one name a line, and a line with the number of
// names and the checksum of all before it:
//
//	jam manifest 1
//	index.html
//	posts/hello/index.html
//	end 2 0a1b2c3d
const manifestHeader = "jam manifest 1\n"

// encodeManifest returns the manifest of valid names.
func encodeManifest(names []string) []byte {
	var b bytes.Buffer
	size := len(manifestHeader) + 40
	for _, name := range names {
		size += len(name) + 1
	}
	b.Grow(size)
	b.WriteString(manifestHeader)
	for _, name := range names {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	b.WriteString(manifestEnd(len(names), b.Bytes()))
	return b.Bytes()
}

func manifestEnd(n int, body []byte) string {
	return fmt.Sprintf("end %d %08x\n", n, crc32.ChecksumIEEE(body))
}

// decodeManifest returns the names of a manifest, or an error if any byte of it
// is not as encodeManifest writes it or any name is not a valid one.
func decodeManifest(data []byte) ([]string, error) {
	text, ok := strings.CutPrefix(string(data), manifestHeader)
	if !ok {
		if strings.HasPrefix(string(data), "jam manifest ") {
			return nil, errors.New("of an unknown version")
		}
		return nil, errors.New("damaged: it has no header")
	}
	last := strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n') + 1
	body := text[:last]
	n := strings.Count(body, "\n")
	if text[last:] != manifestEnd(n, data[:len(manifestHeader)+last]) {
		return nil, errors.New("damaged: its last line does not match the rest")
	}
	names := make([]string, 0, n)
	for line := range strings.Lines(body) {
		name := strings.TrimSuffix(line, "\n")
		if checkName(name, false) != nil {
			return nil, fmt.Errorf("damaged: it lists %q, which is no name of an output file", name)
		}
		names = append(names, name)
	}
	return names, nil
}

// readManifest returns the names that the manifest lists. One that cannot be read
// is a warning.
func (d *Dir) readManifest() ([]string, error) {
	data, found, err := readState(d.state, manifestName)
	if err != nil || !found {
		d.unsaved = true
		return nil, err
	}
	names, err := decodeManifest(data)
	if err != nil {
		d.unsaved = true
		d.warn(fmt.Sprintf("%s/%s: %v; files of earlier builds are not known, so none is removed", stateDir, manifestName, err))
	}
	return names, nil
}

// saveManifest replaces the manifest by one of the names.
func (d *Dir) saveManifest(ctx context.Context, names []string) error {
	temp, err := d.writeTemp(ctx, &content{encodeManifest(names)}, 0)
	if err != nil {
		return err
	}
	if err := d.state.Rename(temp, manifestName); err != nil {
		d.state.Remove(temp)
		return err
	}
	d.unsaved = false
	return nil
}

// readState returns a state file's content, if there is such a file.
func readState(state *os.Root, name string) (data []byte, found bool, err error) {
	info, err := state.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if !info.Mode().IsRegular() {
		return nil, false, fmt.Errorf("%s/%s is not a regular file; move it away", stateDir, name)
	}
	data, err = state.ReadFile(name)
	return data, err == nil, err
}
