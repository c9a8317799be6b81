package jam

import (
	"maps"
	"slices"

	"github.com/jam-go/jam/internal/pack"
)

// storedIndex is what an index says: for whom it holds, and the ledger.
type storedIndex struct {
	key    storeKey
	packs  []string // that the ledger names
	ledger *ledger  // nil: of another program, or of another configuration
}

// indexVersion is that of what comes first in an index; what follows is for the same program only.
const indexVersion = 1

func encodeIndex(l *ledger, key storeKey) []byte {
	w := new(pack.Writer)
	w.Uint(indexVersion)
	w.Fixed(key.program)
	w.Fixed(key.config)
	packs := l.packs()
	w.Uint(uint64(len(packs)))
	for _, name := range slices.Sorted(maps.Keys(packs)) {
		w.String(name)
	}
	l.encode(w)
	return w.Seal()
}

// decodeIndex decodes an index, with the ledger if it has the key.
func decodeIndex(b []byte, key storeKey) (*storedIndex, error) {
	r, err := pack.NewReader(b)
	if err != nil {
		return nil, err
	}
	x := new(storedIndex)
	if r.Uint() != indexVersion {
		return x, nil
	}
	x.key = storeKey{r.Fixed(), r.Fixed()}
	x.packs = make([]string, r.Len(1))
	for i := range x.packs {
		if x.packs[i] = r.String(); checkCacheKey(x.packs[i]) != nil {
			r.Fail()
		}
	}
	if r.Bad() {
		return nil, pack.ErrDamaged
	}
	if x.key != key {
		return x, nil
	}
	if x.ledger, err = decodeLedger(r, newDepTable()); err != nil {
		return nil, err
	}
	return x, r.Err()
}
