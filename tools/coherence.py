#!/usr/bin/python3
"""Compares what the bare network writes with the corpora: copying, and whether it is as coherent as real pieces.

    ./run composer sample --out sample.json [--slow]
    tools/coherence.py sample.json --grid jsb_grid16.json.gz [--corpora FOLDER] [--plot coherence.png]

Copying: share of windows of 16 notes (and any of 32) whose intervals, transposition apart and repeated notes merged, also stand in a training
piece; the same for validation pieces, which nobody can have copied from. Coherence: medians of the sample inside the 5-95 % band of validation pieces.
"""
import argparse
import collections
import gzip
import itertools
import json
import math
import pathlib
import statistics

PARTIALS = [(k, 10 ** (-9 * math.log2(k) / 20)) for k in range(1, 9)]


def load(file):
    with (gzip.open if str(file).endswith(".gz") else open)(file, "rt") as stream:
        return json.load(stream)


def voices_of_grid(piece):
    """Lines of (pitch, frames), repeated pitches merged, broken by rests."""
    for voice in range(4):
        line = []
        for pitch, run in itertools.groupby(frame[voice] for frame in piece):
            length = len(list(run))
            if pitch >= 0:
                line.append((pitch, length))
            elif length > 16 and line:
                yield line
                line = []
        if line:
            yield line


def voices_of_corpora(folder):
    for file in sorted(pathlib.Path(folder).glob("*.jsonl.gz")):
        if "valid" in file.name:
            continue
        with gzip.open(file, "rt") as lines:
            for text in lines:
                piece = json.loads(text)
                if piece.get("split", "train") != "train":
                    continue
                sixteenth = piece["ticks_per_quarter"] / 4
                for part in piece["parts"]:
                    line = []
                    for onset, duration, pitch in sorted(part["notes"]):
                        if line and line[-1][0] == pitch:
                            line[-1] = (pitch, line[-1][1] + duration / sixteenth)
                        else:
                            line.append((pitch, duration / sixteenth))
                    yield line


def windows(line, notes, has_rhythm):
    steps = [(b[0] - a[0], round(4 * math.log2(max(b[1], 0.25) / max(a[1], 0.25))) if has_rhythm else 0) for a, b in zip(line, line[1:])]
    return [hash(tuple(steps[i:i + notes - 1])) for i in range(len(steps) - notes + 2)]


def copied(pieces, known, notes, has_rhythm):
    found = [window in known for piece in pieces for line in voices_of_grid(piece) for window in windows(line, notes, has_rhythm)]
    return (sum(found) / len(found) if found else 0.0), sum(found), len(found)


def entropy(counts):
    total = sum(counts.values())
    return -sum(c / total * math.log2(c / total) for c in counts.values())


def distance(one, other):
    """Total variation between two distributions, 0..1."""
    a, b = sum(one.values()) or 1, sum(other.values()) or 1
    return sum(abs(one[key] / a - other[key] / b) for key in set(one) | set(other)) / 2


ROUGH = {}


def roughness(chord):
    if chord not in ROUGH:
        partials = [(440 * 2 ** ((pitch - 69) / 12) * k, a) for pitch in chord for k, a in PARTIALS]
        total = 0
        for (f, a), (g, b) in itertools.combinations(partials, 2):
            x = 0.24 / (0.0207 * min(f, g) + 18.96) * abs(f - g)
            total += min(a, b) * 5 * (math.exp(-3.51 * x) - math.exp(-5.75 * x))
        ROUGH[chord] = total / sum(a for _, a in partials)
    return ROUGH[chord]


def intervals(piece):
    return collections.Counter(max(-12, min(12, b[0] - a[0])) for line in voices_of_grid(piece) for a, b in zip(line, line[1:]))


def chords(piece):
    """Changes from beat to beat: how the pitch classes over the bass change, and by how much the bass moves."""
    beats = [tuple(sorted({p for p in frame if p >= 0})) for frame in piece[::4]]
    kinds = [(beat[0], frozenset((p - beat[0]) % 12 for p in beat)) for beat in beats if beat]
    return collections.Counter(((b[0] - a[0]) % 12, a[1], b[1]) for a, b in zip(kinds, kinds[1:]) if a != b)


def measures(piece, all_intervals, all_chords):
    beats = [tuple(sorted({p for p in frame if p >= 0})) for frame in piece[::4]]
    beats = [beat for beat in beats if beat]
    return {
        "pitch-class entropy, bits": entropy(collections.Counter(p % 12 for frame in piece for p in frame if p >= 0)),
        "melodic intervals, distance from the corpus": distance(intervals(piece), all_intervals),
        "mean melodic interval, semitones": statistics.mean([abs(i) for i, n in intervals(piece).items() for _ in range(n)] or [0]),
        "chord changes known to the corpus, share": sum(n for key, n in chords(piece).items() if key in all_chords) / max(1, sum(chords(piece).values())),
        "chord changes a beat": sum(chords(piece).values()) / max(1, len(beats)),
        "dissonance a beat (Sethares)": statistics.mean(map(roughness, beats)) if beats else 0,
        "voices sounding": statistics.mean(len([p for p in frame if p >= 0]) for frame in piece),
    }


def quantile(values, share):
    values = sorted(values)
    at = share * (len(values) - 1)
    low = int(at)
    return values[low] + (at - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample")
    parser.add_argument("--grid", required=True)
    parser.add_argument("--corpora")
    parser.add_argument("--plot")
    asked = parser.parse_args()
    sample = load(asked.sample)["sample"]
    grid = load(asked.grid)
    train, valid = grid["train"], grid["valid"]

    lines = [line for piece in train for line in voices_of_grid(piece)]
    if asked.corpora:
        lines += list(voices_of_corpora(asked.corpora))
    print(f"training lines {len(lines)}, notes {sum(map(len, lines))}\n")
    print("| copying | sample | validation pieces |\n| --- | --: | --: |")
    for notes, has_rhythm in ((16, False), (32, False), (16, True)):
        known = {window for line in lines for window in windows(line, notes, has_rhythm)}
        cells = [f"{100 * share:.2f} % ({found} of {all_})" for share, found, all_ in (copied(sample, known, notes, has_rhythm), copied(valid, known, notes, has_rhythm))]
        print(f"| windows of {notes} notes{' with rhythm' if has_rhythm else ''} in a training piece | {' | '.join(cells)} |")

    all_intervals = sum((intervals(piece) for piece in train), collections.Counter())
    all_chords = sum((chords(piece) for piece in train), collections.Counter())
    length = statistics.median(len(piece) for piece in sample)
    valid = [piece[:int(length)] for piece in valid]
    of_sample = [measures(piece, all_intervals, all_chords) for piece in sample]
    of_valid = [measures(piece, all_intervals, all_chords) for piece in valid]
    print("\n| coherence | sample, median | validation, median | validation, 5-95 % | sample pieces inside | verdict |\n| --- | --: | --: | --: | --: | --- |")
    for name in of_valid[0]:
        ours, theirs = [m[name] for m in of_sample], [m[name] for m in of_valid]
        low, high, middle = quantile(theirs, 0.05), quantile(theirs, 0.95), statistics.median(ours)
        inside = sum(low <= value <= high for value in ours) / len(ours)
        print(f"| {name} | {middle:.3f} | {statistics.median(theirs):.3f} | {low:.3f} to {high:.3f} | {100 * inside:.0f} % | {'inside' if low <= middle <= high else 'OUTSIDE'} |")

    if asked.plot:
        import matplotlib
        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
        figure, axes = plt.subplots(2, 4, figsize=(13, 5))
        for axis, name in zip(axes.flat, of_valid[0]):
            axis.boxplot([[m[name] for m in of_valid], [m[name] for m in of_sample]], whis=(5, 95))
            axis.set_xticks([1, 2], ["validation", "sample"])
            axis.set_title(name, fontsize=7)
        axes.flat[-1].axis("off")
        figure.tight_layout()
        figure.savefig(asked.plot, dpi=80)


main()
