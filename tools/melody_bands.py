#!/usr/bin/python3
"""How melodies of real pieces move and how they stand against the chords below: where the judge's two bars for melodies come from.

    tools/melody_bands.py FOLDER       the corpora

Of validation pieces, beat by beat as written ("slow") and over chords that stand while the melody goes on ("paced", see models/training/corpus.py):
the mean step to another pitch in semitones, the mean dissonance of a note with the lower parts at its entry, and the share of notes that
turn back (a-b-a) and that end a trill (a-b-a-b-a).
"""
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "models" / "training"))
import corpus  # noqa: E402

FEWEST_NOTES = 8
VOCAL = ["jsb", "hymn", "vocal"]


def step(grid):
    melody = grid[grid[:, 0] < corpus.PITCH_COUNT, 0].astype(int)
    steps = np.abs(np.diff(melody))
    steps = steps[steps > 0]
    return steps.mean() if len(steps) > FEWEST_NOTES else None


def returns(grid, length):
    """Share of the notes that end so many notes to and fro between two pitches."""
    melody = grid[grid[:, 0] < corpus.PITCH_COUNT, 0].astype(int)
    notes = melody[np.concatenate([[True], melody[1:] != melody[:-1]])] if len(melody) else melody
    if len(notes) <= FEWEST_NOTES:
        return None
    back = notes[2:] == notes[:-2]
    return np.mean(np.lib.stride_tricks.sliding_window_view(back, length - 2).all(1))


def dissonance(grid):
    found, before = [], None
    for soprano, *lower in grid.astype(int):
        under = [abs(soprano - pitch) % 12 for pitch in lower if pitch < corpus.PITCH_COUNT]
        if soprano < corpus.PITCH_COUNT and soprano != before and len(under) > 1:
            found.append(corpus.DISSONANCE[under].mean())
        before = soprano
    return np.mean(found) if len(found) > FEWEST_NOTES else None


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rng = np.random.default_rng(1)
    rows = {"slow": [], "paced": []}
    for piece in corpus.load(sys.argv[1], splits=("valid",)):
        if corpus.CORPORA[piece["corpus"]] == "chant":
            continue
        for rate, grid in (("slow", piece["slow"]), ("paced", corpus.paced_of(piece["score"], rng))):
            rows[rate].append((corpus.CORPORA[piece["corpus"]], step(grid), dissonance(grid), returns(grid, 3), returns(grid, 5)))
    print(f"{'':<22}{'pieces':>8}{'5 %':>8}{'50 %':>8}{'95 %':>8}")
    for rate, found in rows.items():
        for which, names in (("vocal", VOCAL), ("quartet", ["quartet"])):
            for measure, column in (("step", 1), ("dissonance", 2), ("turns back", 3), ("trills", 4)):
                values = [row[column] for row in found if row[0] in names and row[column] is not None]
                low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
                print(f"{rate + ' ' + which + ' ' + measure:<22}{len(values):>8}{low:>8.3f}{middle:>8.3f}{high:>8.3f}")


if __name__ == "__main__":
    main()
