package job

import "time"

// State is where a job is on its way.
type State string

const (
	Queued    State = "queued"    // waits for a worker
	Proving   State = "proving"   // a worker makes the proof
	Verifying State = "verifying" // the worker checks its own proof
	Succeeded State = "done"      // the result is there
	Failed    State = "failed"    // the reason is there
)

// Finished reports whether the state is final.
func (s State) Finished() bool { return s == Succeeded || s == Failed }

// Record is the durable state of a job. Every change is made against the revision that it was read at, so of two
// workers that hold one job only one can go on.
type Record struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	Model    string    `json:"model"`
	State    State     `json:"state"`
	Stage    string    `json:"stage,omitempty"` // as the model reports it, while the job is in work
	Attempts int       `json:"attempts"`        // how often a worker has begun
	Created  time.Time `json:"created"`
	Started  time.Time `json:"started,omitzero"`  // of the latest attempt
	Finished time.Time `json:"finished,omitzero"` // when the state became final
	Result   string    `json:"result,omitempty"`  // name of the result artifact
	Failure  *Failure  `json:"failure,omitempty"` // why it failed or, while queued again, why the last attempt did
}

// Failure is a reason in a record.
type Failure struct {
	Code   Code   `json:"code,omitempty"`
	Detail string `json:"detail"`
}

func (r Record) requestName() string { return r.ID + "/request" }
