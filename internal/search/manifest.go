package search

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// manifest is the content of index.json.
type manifest struct {
	Version int      `json:"v"`
	ID      string   `json:"id"`
	Docs    int      `json:"n"`
	Lang    string   `json:"lang"`
	Chunk   int      `json:"chunk"`
	Forms   []string `json:"forms"`
	Shards  []string `json:"shards"`
}

func (b *Builder) manifest() []byte {
	base, _ := b.lang.Base()
	forms := inflections[base.String()]
	if forms == nil {
		forms = []string{}
	}
	return append(encode(manifest{
		Version: formatVersion,
		ID:      b.id(),
		Docs:    len(b.docs),
		Lang:    b.lang.String(),
		Chunk:   docsPerChunk,
		Forms:   forms,
		Shards:  b.inv.bounds(),
	}), '\n')
}

// id is a sum of all documents. Requests carry it, so that a file of an older
// build is never taken from a cache.
func (b *Builder) id() string {
	sums := make([]byte, 0, 4*len(b.docs)+16)
	sums = append(sums, formatVersion)
	sums = append(sums, b.lang.String()...)
	for _, d := range b.docs {
		sums = binary.LittleEndian.AppendUint32(sums, d.sum)
	}
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE(sums))
}

// inflections lists, by language, sets of endings that regular forms of a word
// have in common. A word with one of them is also looked for with the others
// of the set, at a lower rank, when what is before is two letters or more and
// with the first ending three or more. Only languages whose regular endings
// seldom lead astray are here: a wrong form that is no word costs nothing, and
// in other languages the prefix of the last word does some of this.
var inflections = map[string][]string{
	"en": {
		"|s|es|ed|ing", "e|es|ed|ing", "y|ies|ied|ying",
		"b|bs|bbing|bbed", "d|ds|dding|dded", "g|gs|gging|gged", "m|ms|mming|mmed",
		"n|ns|nning|nned", "p|ps|pping|pped", "r|rs|rring|rred", "t|ts|tting|tted",
	},
	"de": {"|e|en|er|es|em|s|n", "|in|innen"},
	"es": {"|s|es", "o|a|os|as", "cion|ciones"},
	"fr": {"|s|e|es", "al|aux|ale|ales", "eau|eaux"},
	"it": {"o|i|a|e", "e|i"},
	"nl": {"|s|en|e"},
	"pt": {"|s|es", "o|a|os|as", "cao|coes"},
}
