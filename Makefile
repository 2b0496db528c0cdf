SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Contracts are compiled by solc-js, which npm installs at the version of the lock file. Without npm the tests that
# compile contracts skip and say so.
npm := $(shell command -v npm)
solc := contracts/node_modules/.package-lock.json
version := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
tags := nomsgpack# gin's encodings of msgpack are megabytes that nothing uses
commit := $(shell git describe --always --exclude '*' --abbrev=12 --dirty=+ 2>/dev/null)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: build
build: ## compile bin/assay; the first time takes minutes
	@scripts/build -tags $(tags) -ldflags '-X main.version=$(version) -X assay/internal/machine.commit=$(commit)' -o bin/assay ./cmd/assay
	@cp bin/assay bin/.assay && mv bin/.assay bin/assay # the linker leaves the file in large pages: a process would map 30 MB more

.PHONY: demo
demo: build ## compile a model, prove an answer, verify it in Go and on an EVM
	@bin/assay demo

.PHONY: test
test: contracts-tools ## run all tests, after installing what they need
	@scripts/build ./...
	go test -timeout 20m ./...

.PHONY: lint
lint: contracts-tools ## check format, vet, staticcheck, import floors, committed artifacts
	@unformatted=$$(find . -name '*.go' -not -path '*/node_modules/*' -print0 | xargs -0 gofmt -l); \
	if [ -n "$$unformatted" ]; then printf 'gofmt would change:\n%s\n' "$$unformatted" >&2; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	go test -count=1 ./internal/floors ./internal/style ./internal/codes
	go run ./benchmarks/readme -check $(generated)
ifdef npm
	cd contracts && npm run --silent check
else
	@echo 'npm is not installed: contracts/artifacts is not compared with its sources' >&2
endif

.PHONY: bench
bench: build ## measure the bundled models, and those of MODELS
	@bin/assay bench $(MODELS)

.PHONY: costs
costs: build ## measure the rates that predictions use where a machine was not calibrated; keep the machine quiet
	@bin/assay calibrate-costs -o cost/reference.json

.PHONY: profile
profile: ## what the time of proofs goes to, beside gnark's; keep the machine quiet
	@go run -ldflags '-X assay/internal/machine.commit=$(commit)' ./benchmarks/profile lenet5 $(MODELS) > build/profile.json
	@cp build/profile.json benchmarks/results/profile.json

.PHONY: largest
largest: ## the largest circuit that this machine proves; keep the machine quiet
	@go build -ldflags '-X assay/internal/machine.commit=$(commit)' -o build/largest ./benchmarks/largest
	build/largest > build/largest.json
	@cp build/largest.json benchmarks/results/largest.json

.PHONY: accuracy
accuracy: ## accuracy of the bundled models on whole test sets
	@go run -ldflags '-X assay/internal/machine.commit=$(commit)' ./benchmarks/accuracy

# Models of the shapes that other provers publish figures for.
shapes := build/shapes
.PHONY: shapes
shapes: ## write models of the shapes that other provers publish figures for
	@go run ./benchmarks/shapes $(shapes)

.PHONY: record
record: build shapes ## measure all again into benchmarks/results and the documents; keep the machine quiet
	bin/assay demo > benchmarks/results/demo.txt
	bin/assay bench --json $(shapes) $(MODELS) > benchmarks/results/bench.json
	$(MAKE) --silent accuracy > benchmarks/results/accuracy.json
	$(MAKE) --silent docs

.PHONY: docs
docs: ## fill the generated parts of the documents
	@go run ./benchmarks/readme $(generated)

# What is made from benchmarks/results, in whole or in part.
generated := README.md docs/benchmarks.md docs/coverage.md docs/peers.md docs/performance.md docs/peer.svg

.PHONY: suite
suite: build operators ## run models and ONNX node tests, those of FOLDERS or else Debian's, through every stage
	@bin/assay suite --resume --bundled --record build/suite.json $(SUITEFLAGS) $(or $(FOLDERS),$(wildcard $(debian))) build/operators

# Where Debian's package libonnx-testdata has ONNX's node tests.
debian := /usr/share/libonnx-testdata/data

.PHONY: coverage
coverage: ## make docs/coverage.md from the last run of make suite
	@cp build/suite.json benchmarks/results/suite.json
	@$(MAKE) --silent docs

# Where a virtual environment with ONNX Runtime is made.
python := build/reference

.PHONY: reference
reference: operators ## compare float execution with ONNX Runtime, which it installs with Python
	@[ -x $(python)/bin/python ] || python3 -m venv $(python)
	@$(python)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r scripts/reference/requirements.txt
	go test -count=1 -v ./internal/reference

# Where a virtual environment with EZKL is made, its reference strings are kept, and the keys of a comparison lie.
ezkl := build/ezkl

.PHONY: peer
peer: contracts-tools ## install EZKL, to compare with
	@[ -x $(ezkl)/bin/python ] || python3 -m venv $(ezkl)
	@$(ezkl)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r scripts/peer/requirements.txt

.PHONY: peer-bench
peer-bench: build peer ## compare with EZKL the bundled models and those of FOLDERS; goes on where it was stopped
	bin/assay bench --peer ezkl --bundled --resume --record build/peer.json $(PEERFLAGS) $(FOLDERS)
	@cp build/peer.json benchmarks/results/peer.json
	@$(MAKE) --silent docs

.PHONY: peer-refresh
peer-refresh: build peer ## measure Assay again for models of FOLDERS that EZKL did not finish
	bin/assay bench --peer ezkl --refresh --record build/peer.json $(FOLDERS)
	@cp build/peer.json benchmarks/results/peer.json
	@$(MAKE) --silent docs

# The operators' own cases, in the layout of ONNX's node tests.
.PHONY: operators
operators:
	@ASSAY_EXPORT=$(CURDIR)/build/operators go test -count=1 -run '^TestExport$$' ./onnx/ops > /dev/null

# ICICLE's libraries are built from the source of the module that gnark's backend uses.
icicle := github.com/ingonyama-zk/icicle-gnark/v3
icicle_source = $$(go mod download $(icicle) && go list -m -f '{{.Dir}}' $(icicle))/icicle
icicle_link = CGO_LDFLAGS='-L$(CURDIR)/$(1)/lib -Wl,-rpath,$(CURDIR)/$(1)/lib'

.PHONY: gpu
gpu: ## build bin/assay-gpu, which can prove on an NVIDIA GPU; needs nvcc and cmake
	@scripts/gpu/build.sh "$(icicle_source)" build/icicle
	@$(call icicle_link,build/icicle) scripts/build -tags icicle,$(tags) -o bin/assay-gpu -ldflags '-X main.version=$(version) -X assay/internal/machine.commit=$(commit) -X assay/prover/gpu.libraries=$(CURDIR)/build/icicle/lib/backend' ./cmd/assay

.PHONY: gpu-test
gpu-test: gpu ## hold the GPU to what the processor does
	$(call icicle_link,build/icicle) ICICLE_BACKEND_INSTALL_DIR=$(CURDIR)/build/icicle/lib/backend go test -count=1 -tags icicle ./prover/gpu

.PHONY: gpu-check
gpu-check: ## hold the code for GPUs to the same on this machine's processor, which takes minutes; needs cmake
	@scripts/gpu/build.sh "$(icicle_source)" build/icicle-processor processor
	$(call icicle_link,build/icicle-processor) ASSAY_ICICLE=CPU ICICLE_MSM_MAX_WINDOW=7 go test -count=1 -short -tags icicle ./prover/gpu

.PHONY: gpu-carry
gpu-carry: ## fill build/gpu-carry, from which a machine without Go or network measures its GPU, with MODELS
	@scripts/gpu/carry.sh build/gpu-carry $(MODELS)

.PHONY: gpu-bench
gpu-bench: gpu-carry ## measure this machine's GPU into build/gpu-bench
	@build/gpu-carry/measure.sh build/gpu-bench

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME (default 30s) each
	@grep -rEl --include='*_test.go' '^func Fuzz' . | xargs -r -n1 dirname | sort -u | while read -r dir; do \
		sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' "$$dir"/*_test.go | while read -r target; do \
			echo "$$dir $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(or $(FUZZTIME),30s) "$$dir" < /dev/null; \
		done; \
	done

.PHONY: clean
clean: ## remove what the targets made
	rm -rf bin build contracts/node_modules

.PHONY: contracts-tools
ifdef npm
contracts-tools: $(solc)
$(solc): contracts/package-lock.json
	@cd contracts && { npm ci --no-audit --no-fund && touch node_modules/.package-lock.json; } || \
	{ [ -z "$${CI:-}" ] && echo 'npm ci failed: tests that compile Solidity are skipped' >&2; }
else
contracts-tools:
	@echo 'npm is not installed: tests that compile Solidity are skipped' >&2
endif
