"""Corpora as four-part grids: one row a frame, columns S A T B, tokens as in the model (0..71 = MIDI 24..95, 72 = silent).

Two rates of the same music, and what is made of it for play:
  score   one frame per 16th, as written
  slow    one frame per beat: the longest-sounding pitch of each part in that beat, which drops passing notes,
          neighbours and short suspensions, and leaves the structural harmony and melody
  paced   one frame per move: the melody goes on over chords of its own time that stand still, as it does when the
          arrangement decides when voices move; told by a flag in the condition, of the rate slow
Repeated pitches are holds (the JSB grid cannot tell them apart, so nothing here does).
"""
import gzip
import json
import os

import numpy as np

PITCH_MIN, PITCH_COUNT, SILENT, START = 24, 72, 72, 73
VOCABULARY = 73
CORPORA = ["jsb", "chant", "hymn", "quartet", "vocal"]
CORPUS_SLOTS = 8  # three spare, so that a corpus can be added without a new shape
RATES = ["score", "slow"]
INTENTS = ["density", "register", "mode", "tension", "polyphony", "harmonic_rhythm"]
PACED_SLOT = len(RATES) + len(CORPORA)  # of the condition; says that chords stand still while the melody goes on
CONDITION_SIZE = len(RATES) + CORPUS_SLOTS + 2 * len(INTENTS)
FRAMES_PER_BEAT = 4
SCORE_FRAMES_PER_QUARTER = 4


def token(midi):
    """MIDI pitch (or -1) to token; pitches beyond the range move by octaves."""
    if midi < 0:
        return SILENT
    while midi < PITCH_MIN:
        midi += 12
    while midi >= PITCH_MIN + PITCH_COUNT:
        midi -= 12
    return midi - PITCH_MIN


def grid_of_jsb(frames):
    return np.array([[token(p) for p in frame] for frame in frames], dtype=np.uint8)


def grid_of_parts(parts, ticks_per_quarter, stretch=1.0):
    """Up to four parts, highest first, into S A T B; a part sounds its highest note of the moment."""
    parts = [p for p in parts if p["notes"]]
    if not 1 <= len(parts) <= 4:
        return None
    parts = sorted(parts, key=lambda p: -np.mean([n[2] for n in p["notes"]]))
    columns = {1: [0], 2: [0, 3], 3: [0, 1, 3], 4: [0, 1, 2, 3]}[len(parts)]
    scale = SCORE_FRAMES_PER_QUARTER * stretch / ticks_per_quarter
    length = max(int(round((n[0] + n[1]) * scale)) for p in parts for n in p["notes"])
    grid = np.full((length, 4), SILENT, dtype=np.uint8)
    for column, part in zip(columns, parts):
        for onset, duration, midi in sorted(part["notes"], key=lambda n: (n[0], n[2])):
            first = int(round(onset * scale))
            last = max(first + 1, int(round((onset + duration) * scale)))
            grid[first:last, column] = token(midi)
    return grid


def slow_of(grid):
    """One frame a beat: per part, the token that fills most of the beat (the earlier one on a tie)."""
    beats = len(grid) // FRAMES_PER_BEAT
    slow = np.empty((beats, 4), dtype=np.uint8)
    for b in range(beats):
        for v in range(4):
            cell = grid[b * FRAMES_PER_BEAT:(b + 1) * FRAMES_PER_BEAT, v]
            values, first, counts = np.unique(cell, return_index=True, return_counts=True)
            slow[b, v] = values[np.lexsort((first, -counts))[0]]
    return slow


def paced_of(grid, rng):
    """One frame a move: the melody of the eighths or of the beats, over the lower parts of one of the beats that it covers, the one that it suits best.
    How many notes a chord carries is drawn anew for the piece, 2 to 8 in the middle; where the spans begin is chosen so that melody and chords suit each other."""
    per = int(rng.choice([2, 4]))
    lower = slow_of(grid)[:, 1:].astype(int)
    melody = grid[:len(lower) * FRAMES_PER_BEAT:per, 0].astype(int)
    beat = np.arange(len(melody)) * per // FRAMES_PER_BEAT
    moves = np.concatenate([[True], melody[1:] != melody[:-1]])
    melody, beat = melody[moves], beat[moves]
    longest, usual = 12, float(rng.choice([2, 3, 4, 6, 8]))
    count = len(melody)
    chord = lower[beat]  # of every move
    clash = np.zeros((count, 2 * longest))  # of a move's chord with the melody around it
    span = np.full((longest + 1, count + 1), np.inf)  # cost of the span of so many moves that ends before a move
    source = np.zeros((longest + 1, count + 1), dtype=int)  # the move whose chord it has
    for offset in range(-longest + 1, longest):  # of a move from the one whose chord it would have
        at = np.arange(max(0, -offset), min(count, count - offset))
        under, over = chord[at], melody[at + offset][:, None]
        sounding = (under < PITCH_COUNT) & (over < PITCH_COUNT)
        each = np.where(sounding, DISSONANCE[np.abs(over - under) % 12] + 0.5 * (over <= under), 0)
        clash[at, offset + longest] = each.sum(1) / np.maximum(1, sounding.sum(1))
    total = np.concatenate([np.zeros((count, 1)), np.cumsum(clash, 1)], 1)
    for length in range(1, min(longest, count) + 1):
        first = np.arange(count - length + 1)
        for inside in range(length):
            own = first + inside
            cost = total[own, longest - inside + length] - total[own, longest - inside]
            better = cost < span[length, first + length]
            span[length, (first + length)[better]] = cost[better]
            source[length, (first + length)[better]] = own[better]
    lengths = np.arange(1, longest + 1)
    liked = 0.3 * np.log(lengths / usual) ** 2
    best = np.zeros(count + 1)
    came = [None] * (count + 1)
    for end in range(1, count + 1):
        most = min(longest, end)
        costs = best[end - lengths[:most]] + span[1:most + 1, end] + liked[:most]
        length = int(np.argmin(costs)) + 1
        best[end], came[end] = costs[length - 1], (end - length, source[length, end])
    spans, end = [], count
    while end > 0:
        spans.append((came[end][0], end, came[end][1]))
        end = came[end][0]
    frames, before = [], None
    for first, end, source in reversed(spans):
        if before is not None and rng.random() < 0.5:
            frames.append([before, *chord[source]])  # the chord comes first, the melody still rings
        frames += [[melody[t], *chord[source]] for t in range(first, end)]
        before = melody[end - 1]
    return np.array(frames, dtype=np.uint8).reshape(-1, 4)


def _lines(folder, name):
    with gzip.open(os.path.join(folder, name + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load(folder, splits=("train", "valid")):
    """All pieces: dicts of corpus, split, score and slow grids."""
    pieces = []

    def add(corpus, split, grid):
        if grid is None or split not in splits or len(grid) < 32:
            return
        pieces.append({"corpus": CORPORA.index(corpus), "split": split, "score": grid, "slow": slow_of(grid)})

    with gzip.open(os.path.join(folder, "jsb_grid16.json.gz"), "rt") as file:
        jsb = json.load(file)
    for split in splits:
        for frames in jsb[split]:
            add("jsb", split, grid_of_jsb(frames))
    for piece in _lines(folder, "openhymnal"):
        if len(piece["parts"]) == 4:
            add("hymn", piece["split"], grid_of_parts(piece["parts"], piece["ticks_per_quarter"]))
    for piece in _lines(folder, "openscore_quartets"):
        if len(piece["parts"]) == 4:
            add("quartet", piece["split"], grid_of_parts(piece["parts"], piece["ticks_per_quarter"]))
    for piece in _lines(folder, "chant_gabc"):
        # Chant has no rhythm of its own: a plain note (12 ticks) becomes a quarter, so that slow keeps every note.
        add("chant", piece["split"], grid_of_parts(piece["parts"], piece["ticks_per_quarter"], stretch=2.0))
    for piece in _lines(folder, "polish_heritage"):
        if piece.get("category") != "vocal" or not 3 <= len(piece["parts"]) <= 4:
            continue
        durations = [n[1] for p in piece["parts"] for n in p["notes"]]
        # Early sources write in long values: bring the median note to a quarter, by a power of two.
        stretch = 2.0 ** -round(np.log2(np.median(durations) / piece["ticks_per_quarter"]))
        add("vocal", piece["split"], grid_of_parts(piece["parts"], piece["ticks_per_quarter"], stretch))
    return pieces


def held_of(tokens):
    """Frames for which each token has been held, itself included, 1..16; shape as given [T, 4]."""
    held = np.ones(tokens.shape, dtype=np.int64)
    for t in range(1, len(tokens)):
        held[t] = np.where(tokens[t] == tokens[t - 1], np.minimum(held[t - 1] + 1, 16), 1)
    return held


DISSONANCE = np.array([0, 1.0, 0.6, 0.1, 0.05, 0.15, 0.7, 0, 0.1, 0.05, 0.4, 0.8])  # by interval class above the lower note


def intents_of(tokens, real=None):
    """Raw intent values of windows [N, T, 4] -> [N, 6]; `real` [N, T] tells frames of the music from padding. Each says something that the others leave open, or asking for one would contradict another:

    density          moves to another pitch, per sounding voice and frame
    register         mean pitch
    mode             major against minor thirds above the lowest sounding voice, -1..1
    tension          mean dissonance of all sounding pairs
    polyphony        mean number of sounding voices
    harmonic_rhythm  share of the moves that alto, tenor and bass make: 0 a melody over standing chords, 1 chords under a standing melody

    NaN where there is nothing to measure: mode without a third above the lowest voice, tension without two voices. A window without thirds is not
    half-way between major and minor, and taking it for that taught the network to leave thirds out where it was asked for neither.
    """
    if real is None:
        real = np.ones(tokens.shape[:2], bool)
    sounding = (tokens < PITCH_COUNT) & real[:, :, None]
    pitch = tokens.astype(np.int64) + PITCH_MIN
    moved = (tokens[:, 1:] != tokens[:, :-1]) & sounding[:, 1:]
    moves = moved.sum((1, 2))
    count = np.maximum(1, sounding.sum((1, 2)))
    density = moves / count
    register = (pitch * sounding).sum((1, 2)) / count
    above = (pitch - np.where(sounding, pitch, 128).min(2, keepdims=True)) % 12
    major, minor = ((above == 4) & sounding).sum((1, 2)), ((above == 3) & sounding).sum((1, 2))
    mode = np.where(major + minor > 0, (major - minor) / np.maximum(1, major + minor), np.nan)
    tension = np.zeros(len(tokens))
    pairs = np.zeros(len(tokens))
    for a in range(4):
        for b in range(a + 1, 4):
            both = sounding[:, :, a] & sounding[:, :, b]
            interval = np.abs(pitch[:, :, a] - pitch[:, :, b]) % 12
            tension += (DISSONANCE[interval] * both).sum(1)
            pairs += both.sum(1)
    tension = np.where(pairs > 0, tension / np.maximum(1, pairs), np.nan)
    polyphony = sounding.sum((1, 2)) / np.maximum(1, real.sum(1))
    lower = moved[:, :, 1:].sum((1, 2)) / np.maximum(1, moves)
    return np.stack([density, register, mode, tension, polyphony, lower], 1)


MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])  # Krumhansl and Kessler 1982
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])


def key_of(grid):
    """Pitch class of the tonic (in tokens, 0 = C) and whether the piece is in minor, by the Krumhansl-Kessler profiles."""
    counts = np.bincount(grid[grid < PITCH_COUNT] % 12, minlength=12)
    fits = [(np.corrcoef(np.roll(profile, tonic), counts)[0, 1], tonic, minor)
            for profile, minor in ((MAJOR, False), (MINOR, True)) for tonic in range(12)]
    return max(fits)[1:]


def parallel(grid, tonic, minor):
    """The same music in the parallel mode: third, sixth and seventh lowered, or raised where it is in minor."""
    change = np.zeros(12, np.int64)
    change[[3, 8, 10] if minor else [4, 9, 11]] = 1 if minor else -1
    moved = grid + change[(grid - tonic) % 12]
    return np.where((grid < PITCH_COUNT) & (moved >= 0) & (moved < PITCH_COUNT), moved, grid)


def tension_of(grid):
    """Mean dissonance of the sounding pairs of every frame of a piece, [T]."""
    return np.nan_to_num(intents_of(grid[:, None, :])[:, INTENTS.index("tension")])


def third_of(grid):
    """Whether a major (1) or a minor third (-1) stands above the lowest voice in each frame, both or none (0), [T]."""
    return np.nan_to_num(intents_of(grid[:, None, :])[:, INTENTS.index("mode")])


class IntentScale:
    """Raw intent values to -1..1: by their rank among training windows of the same rate (0 is the median), or along the range where ranks would tie."""

    LINEAR = {"mode": (-1, 1), "polyphony": (1, 4), "harmonic_rhythm": (0, 1)}

    QUANTILES = np.linspace(0, 1, 41)

    def __init__(self, tables):
        self.tables = tables  # {rate: [6][41]}

    @classmethod
    def fit(cls, raw_by_rate):
        return cls({rate: np.nanquantile(raw, cls.QUANTILES, axis=0).T.tolist() for rate, raw in raw_by_rate.items()})

    def apply(self, rate, raw):
        scaled = np.empty_like(raw)
        for i, table in enumerate(self.tables[rate]):
            if INTENTS[i] in self.LINEAR:
                low = np.interp(raw[:, i], self.LINEAR[INTENTS[i]], (0, 1))
            else:
                low = np.interp(raw[:, i], table, self.QUANTILES)
            scaled[:, i] = 2 * low - 1
        return scaled.astype(np.float32)


def condition(rate, corpus, intents=None, present=None, paced=False):
    """Condition vectors [B, CONDITION_SIZE]: one-hot rate, one-hot corpus (-1 = unknown), whether paced ([B] or one), intents and which of them are given (NaN never is)."""
    size = len(corpus)
    vector = np.zeros((size, CONDITION_SIZE), dtype=np.float32)
    vector[:, RATES.index(rate)] = 1
    vector[:, PACED_SLOT] = paced
    known = np.asarray(corpus) >= 0
    vector[np.arange(size)[known], len(RATES) + np.asarray(corpus)[known]] = 1
    if intents is not None:
        first = len(RATES) + CORPUS_SLOTS
        present = present * ~np.isnan(intents)
        vector[:, first:first + len(INTENTS)] = np.nan_to_num(intents) * present
        vector[:, first + len(INTENTS):] = present
    return vector
