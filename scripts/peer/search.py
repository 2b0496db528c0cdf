"""Looks for the fastest arguments of EZKL whose answer is no farther from the float model's than a limit.

A trial makes settings and, where the error matters, a circuit and a witness: never a proof. The search goes in four steps, and
keeps a line of every trial.

1. For each multiplier of the rebase threshold, the smallest scale that keeps the error within the limit.
2. For each of those, the fewest bits to which values must be decomposed.
3. For each of those, how many legs of which base, how many columns, and how many rows, to which circuits that need more are
   folded: the cheapest of each number of columns goes on, and the cheapest that is not folded.
4. From each of these, single changes of other arguments, kept where they make it cheaper at the same limit.

The cost of a circuit is the size of its proving key in field elements, which the time of a proof follows closely. The circuits
that go on are finalists; whoever calls may prove with each and keep the fastest.
"""

import json
import math
import time

BLINDING = 8  # rows that EZKL keeps free
# Field elements of EZKL's proving key a row, by num_inner_cols: of any circuit, and of each fold.
KEY = {2: (48, 84), 3: (42, 126), 1: (42, 48)}
TABLE = 26  # the same of each table, or part of a table that does not fit the rows, and inner column
FOLDS = 6  # most of them: beyond, what a column costs by itself grows
PARTS = 2  # most parts of a table
MULTIPLIERS = [2, 1, 4, 3, 6]
SCALES = range(3, 22)
BITS = range(6, 61)
LEGS = range(1, 7)
BASES = range(2, 17)  # as powers of two
WIDE = {"decomp_base": 1 << 20, "decomp_legs": 3}  # takes any value of 60 bits; only trials use it
FINALISTS = 4


def log2(n):
    return math.ceil(math.log2(max(n, 1)))


def price(sized):
    return sized["cost"], sized["rows"]


class Search:
    """One search. limit is on the largest absolute difference of an output element; seconds bounds the start of trials, once there
    is a circuit."""

    def __init__(self, ezkl, settle, folder, variables, limit, seconds):
        self.ezkl, self.settle, self.folder, self.variables, self.limit = ezkl, settle, folder, variables, limit
        self.reference = json.loads((folder / "reference.json").read_text())
        self.until = time.monotonic() + seconds
        self.trials = 0
        self.best = {}  # the cheapest circuit by number of columns, and "flat"
        self.passed, self.refusal = 0, None  # trials with an error, and what EZKL last said of another

    def run(self):
        best, scale = self.best, self.guess()
        for multiplier in MULTIPLIERS:
            found = self.scale(multiplier, scale)
            if found is None:
                continue
            args, witness = found
            scale = args["input_scale"]
            self.layouts(args | {"lookup_range": (witness["min_lookup_inputs"], witness["max_lookup_inputs"])}, self.bits(args), best)
        if not best and self.passed == 0 and self.refusal:
            raise RuntimeError(self.refusal)
        if not best:
            raise RuntimeError(f"tune: none of {self.trials} trials in the time has an error of at most {self.limit:g}")
        ranked = sorted((self.refine(kind, b) for kind, b in best.items()), key=price)
        finalists = [f for f in map(self.finish, ranked[:FINALISTS]) if f]
        if not finalists:
            raise RuntimeError("tune: no finalist passes its own check")
        (self.folder / "finalists.json").write_text(json.dumps(finalists))
        return {"finalists": [{k: v for k, v in f.items() if k != "settings"} for f in finalists]}

    def over(self):
        """Whether to start no more trials: never before there is a circuit."""
        return bool(self.best) and time.monotonic() > self.until

    def guess(self):
        """The scale from which to go up or down."""
        return min(max(round(-math.log2(max(self.limit, 1e-9))) - 1, SCALES.start), SCALES.stop - 1)

    def scale(self, multiplier, scale):
        """The smallest scale within the limit, as far as steps of one from scale reach it, with its witness."""
        found, step = None, 0
        while scale in SCALES:
            args = {"input_scale": scale, "param_scale": scale, "scale_rebase_multiplier": multiplier} | WIDE
            witness = self.trial(args)
            passes = bool(witness) and witness["error"] <= self.limit
            if passes:
                found = args, witness
            step = step or (-1 if passes else 1)
            if passes != (step < 0):
                break
            scale += step
        return found

    def bits(self, args):
        """The fewest bits to which all values can be decomposed."""
        low, high = BITS.start, BITS.stop - 1
        while low < high:
            middle = (low + high) // 2
            if self.trial(args | {"decomp_base": 1 << middle, "decomp_legs": 1}):
                high = middle
            else:
                low = middle + 1
        return low

    def layouts(self, args, bits, best):
        """Sizes layouts of a decomposition to so many bits; best keeps the cheapest by number of columns."""
        shapes = [(-(-bits // legs), legs) for legs in LEGS]
        shapes = [(base, legs) for base, legs in shapes if base in BASES]
        for columns in KEY:
            found = []
            for base, legs in shapes:
                sized = self.sized(args | {"num_inner_cols": columns, "decomp_base": 1 << base, "decomp_legs": legs})
                if sized:
                    found.append(((price(sized["folded"]), (base, legs)), sized))
            for _, sized in found:
                for way in (sized["folded"], sized["flat"]):
                    kind = columns if way is sized["folded"] else "flat"
                    if kind not in best or price(way) < price(best[kind]):
                        best[kind] = way
            # What is good for some columns is good for others.
            shapes = [shape for (_, shape), _ in sorted(found, key=lambda f: f[0])][:2] or shapes

    def refine(self, kind, best):
        """Changes one argument at a time."""
        a = best["arguments"]
        changes = [{"ignore_range_check_inputs_outputs": True}, {"rebase_frac_zero_constants": True}, {"disable_freivalds": True}]
        changes += [{"param_scale": a["param_scale"] - n} for n in (1, 2)] + [{"input_scale": a["input_scale"] - n} for n in (1, 2)]
        for change in changes:
            sized = self.sized(best["arguments"] | change)
            if not sized:
                continue
            sized = sized["flat" if kind == "flat" else "folded"]
            if price(sized) >= price(best):
                continue
            witness = self.trial(sized["arguments"])
            if witness and witness["error"] <= self.limit:
                best = sized
        return best

    def finish(self, chosen):
        """Settings with everything fixed, and the check that they give the same answer."""
        args = chosen["arguments"] | {"logrows": chosen["k"]}
        witness = self.trial(args, late=True)
        if not witness or witness["error"] > self.limit:
            return None
        return chosen | {"error": witness["error"], "settings": json.loads((self.folder / "trial.json").read_text())}

    def sized(self, args):
        """The size of a circuit, or None."""
        settings = self.settings(args)
        if settings is None:
            return None
        columns, rows = args["num_inner_cols"], settings["num_rows"]
        low, high = args["lookup_range"]
        tables = [high - low] * len(settings["required_lookups"]) + [b - a for a, b in settings["required_range_checks"]]
        dynamic = settings["total_dynamic_col_size"] + settings["total_shuffle_col_size"]
        instances = sum(math.prod(shape) for shape in settings["model_instance_shapes"])
        einsum = settings["einsum_params"]["total_einsum_col_size"]
        least = max(6, log2(instances + BLINDING), log2(einsum / columns), log2(dynamic + BLINDING) if dynamic else 0)
        fixed, fold = KEY[columns]
        choices = []
        for k in range(least, max(least, log2(rows + BLINDING)) + 1):
            free = (1 << k) - BLINDING
            folds, parts = rows // free + 1, [n // free + 1 for n in tables]
            if folds <= FOLDS and max(parts, default=1) <= PARTS:
                extra = sum(parts) - len(settings["required_range_checks"])
                choices.append((fixed + fold * folds + TABLE * columns * extra << k, k))
        if not choices:
            return None
        self.note(args, f"{rows} rows, k " + " or ".join(f"{k} at {cost}" for cost, k in choices))
        ways = [{"arguments": args, "rows": rows, "k": k, "cost": cost} for cost, k in (min(choices), choices[-1])]
        return {"folded": ways[0], "flat": ways[1]}

    def refuse(self, args, error):
        self.refusal = str(error).splitlines()[0]
        self.note(args, self.refusal)

    def note(self, args, outcome):
        """Keeps a line that a person can read, in a file: a search may be stopped."""
        rest = {k: v for k, v in args.items() if k not in ("input_scale", "param_scale", "scale_rebase_multiplier", "decomp_base", "decomp_legs")}
        line = f"scales {args['input_scale']} {args['param_scale']}, multiplier {args['scale_rebase_multiplier']}"
        line += f", base 2^{log2(args['decomp_base'])} legs {args['decomp_legs']}"
        self.trials += 1
        with open(self.folder / "trials.txt", "a") as f:
            print(line + "".join(f", {k} {v}" for k, v in rest.items()) + ": " + outcome, file=f)

    def settings(self, args, late=False):
        """Settings that EZKL makes of the arguments, or None where it refuses them."""
        if self.over() and not late:
            return None
        run = self.ezkl.PyRunArgs()
        run.variables = self.variables
        for name, value in args.items():
            setattr(run, name, value)
        try:
            self.settle(self.ezkl.gen_settings, self.folder / "model.onnx", self.folder / "trial.json", py_run_args=run)
        except RuntimeError as e:
            self.refuse(args, e)
            return None
        return json.loads((self.folder / "trial.json").read_text())

    def trial(self, args, late=False):
        """The answer's error and the ranges of tables, or None where EZKL refuses the arguments."""
        if self.settings(args, late) is None:
            return None
        f = self.folder
        try:
            self.settle(self.ezkl.compile_circuit, f / "model.onnx", f / "trial.ezkl", f / "trial.json")
            self.settle(self.ezkl.gen_witness, f / "input.json", f / "trial.ezkl", f / "trial.witness")
        except RuntimeError as e:
            self.refuse(args, e)
            return None
        witness = json.loads((f / "trial.witness").read_text())
        error = 0.0
        for want, got in zip(self.reference, witness["pretty_elements"]["rescaled_outputs"], strict=True):
            error = max([error] + [abs(w - float(g)) for w, g in zip(want, got, strict=True)])
        self.passed += 1
        self.note(args, f"error {error:.3g}")
        return witness | {"error": error}
