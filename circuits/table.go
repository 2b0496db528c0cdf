package circuits

// Table is a table that lookups of a circuit share, each of its rows a constraint or more.
type Table struct {
	Kind        TableKind `json:"kind"`
	Bits        uint      `json:"bits,omitempty"`    // of the integers of a range table
	Rows        int       `json:"rows"`              // of which a range table with folds can have fewer than its bits say
	Lookups     int       `json:"lookups,omitempty"` // of a function's table
	Packed      bool      `json:"packed,omitempty"`  // index and result of a function are looked up as one integer
	Folds       int       `json:"folds,omitempty"`   // functions whose rows are in this range table
	Constraints int       `json:"constraints"`       // of its rows, and of what keeps folds apart
}

// TableKind says what the rows of a table are.
type TableKind string

const (
	RangeTable    TableKind = "range"    // the integers of some bits
	FunctionTable TableKind = "function" // an index and the function's result
	RowsTable     TableKind = "rows"     // rows of a tensor, to select from
)

// Shared lists the tables of a plan: with its nodes, its inputs and its statement they are all its constraints.
func (p *Plan) Shared() []Table {
	var list []Table
	for _, b := range p.Ranges {
		t := Table{Kind: RangeTable, Bits: b, Rows: 1 << b, Constraints: 1 << b}
		if b == p.RangeWidth && p.Union != nil {
			t.Rows, t.Constraints = p.Union.Length(), p.Union.Rows()+p.Union.Checks()
			for _, f := range p.Functions {
				if f.Fold > 0 {
					t.Folds++
				}
			}
		}
		list = append(list, t)
	}
	for _, f := range p.Functions {
		if f.Fold == 0 {
			list = append(list, Table{Kind: FunctionTable, Rows: f.Rows(), Lookups: f.Lookups, Packed: f.Packed, Constraints: f.Rows()})
		}
	}
	for _, r := range p.Rows {
		list = append(list, Table{Kind: RowsTable, Rows: r.Count, Constraints: r.constraints()})
	}
	return list
}
