#!/usr/bin/python3
"""Draws an hour as its score log tells it: notes, sections and cards, keys and the bridges between them, thin minutes, layers, density.

    ./run render --mood calm --trace DAY.csv --seconds 3600 --score-log hour.log --json
    tools/plot_hour.py hour.log docs/hour.png                needs python3-matplotlib
"""
import json
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

log, picture = sys.argv[1:3]
rate, names, notes, status = 48000, [], [], []
NOTE_ON = 1
SLOW = {"pad", "pad-dark", "choir", "organ", "drone", "sub"}
NOISE = {"noise", "rain", "wind", "leaves", "masking"}
for line in map(json.loads, open(log)):
    if "instruments" in line:
        names, rate = line["instruments"], line["rate"]
    elif "second" in line:
        status.append(line)
    elif "e" in line and line["e"][1] == NOTE_ON:
        notes.append((line["e"][0] / rate / 60, names[line["e"][2]], line["e"][4] / 100))

minutes = [s["second"] / 60 for s in status]
end = minutes[-1]


def runs(value):
    """(from, to, value) of every stretch in which it stays the same."""
    begin = 0
    for i in range(1, len(status) + 1):
        if i == len(status) or value(status[i]) != value(status[begin]):
            yield minutes[begin], minutes[i] if i < len(status) else end, value(status[begin])
            begin = i


figure, axes = plt.subplots(4, 1, figsize=(14, 10), sharex=True, height_ratios=[4, 1.4, 2.2, 1.6])
score, form, layers, density = axes
for name in sorted({note[1] for note in notes} - NOISE):
    mine = [note for note in notes if note[1] == name]
    score.scatter([n[0] for n in mine], [n[2] for n in mine], s=5 if name in SLOW else 12, marker="_" if name in SLOW else "o", label=name)
score.set_ylabel("MIDI note")
score.legend(loc="upper right", fontsize=7, ncols=6)

thin = [run for run in runs(lambda s: s["thin"]) if run[2]]
for axis in axes:
    for begin, finish, _ in thin:
        axis.axvspan(begin, finish, color="gold", alpha=0.35, lw=0)
sections = list(runs(lambda s: (s["section"], s["card"])))
for i, (begin, finish, (_, card)) in enumerate(sections):
    form.broken_barh([(begin, finish - begin)], (1, 0.9), color=f"C{i % 10}", alpha=0.6)
    form.text((begin + finish) / 2, 1.45, "" if card == "None" else card, ha="center", va="center", fontsize=7)
    for axis in axes:
        axis.axvline(begin, color="k", lw=0.6)
for begin, finish, key in runs(lambda s: s["key"]):
    is_bridge = "shared" in key or "fifth" in key
    form.broken_barh([(begin, finish - begin)], (0, 0.9), color="lightgrey" if is_bridge else "steelblue", alpha=0.7)
    if finish - begin > 1.5:
        form.text((begin + finish) / 2, 0.45, key, ha="center", va="center", fontsize=7)
form.set_yticks([0.45, 1.45], ["key", "section"])

roles = ["bed", "halo", "floor", "motion", "speak", "answer", "pulse", "loops", "glint", "sign", "texture", "air"]
roles = [role for role in roles if any(role in s["layers"] for s in status)]
for row, role in enumerate(roles):
    layers.broken_barh([(a, b - a) for a, b, on in runs(lambda s: role in s["layers"]) if on], (row, 0.8))
layers.set_yticks([row + 0.4 for row in range(len(roles))], roles)

salient = [note[0] for note in notes if note[1] not in SLOW | NOISE]
bins = range(int(end) + 1)
density.bar([b + 0.5 for b in bins], [sum(b <= note < b + 1 for note in salient) for b in bins], color="grey", alpha=0.6, label="notes with an attack, a minute")
density.plot(minutes, [s["onsets"] for s in status], color="crimson", label="asked for")
density.legend(loc="upper right", fontsize=7)
density.set_xlabel("minutes; yellow: thin minutes, black lines: sections, grey keys: bridges of shared tones")
density.set_xlim(0, end)
keys = len([k for _, _, k in runs(lambda s: s["key"]) if "shared" not in k and "fifth" not in k]) - 1
score.set_title(f"{len(sections)} sections, {keys} key changes, {len(thin)} thin minutes")
figure.tight_layout()
figure.savefig(picture, dpi=70)
print(f"{len(sections)} sections, {keys} key changes, {len(thin)} thin minutes of {sum(b - a for a, b, _ in thin) * 60:.0f} s together: {picture}")
