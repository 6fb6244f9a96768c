#!/usr/bin/python3
"""Draws what AMBIENT_KEEP=FOLDER ./test System left: spectrogram, occupancy against the counted label, notes, layers.

    tools/plot_afternoon.py FOLDER [PICTURE.png]        needs python3-numpy and python3-matplotlib
"""
import datetime
import json
import sys
import wave

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

folder = sys.argv[1]
picture = sys.argv[2] if len(sys.argv) > 2 else folder + "/afternoon.png"
with wave.open(folder + "/afternoon.wav") as sound:
    rate = sound.getframerate()
    samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)
mono = samples.mean(1) / 32768
lines = [json.loads(line) for line in open(folder + "/afternoon.jsonl")]
start = datetime.datetime.fromisoformat(lines[0]["at"][:19])
minute = lambda line: (datetime.datetime.fromisoformat(line["at"][:19]) - start).total_seconds() / 60
contexts = [(minute(l), l["context"]["occupancy"], l["label"]) for l in lines if "context" in l]
scores = [(minute(l), l["score"]) for l in lines if "score" in l]

figure, axes = plt.subplots(4, 1, figsize=(12, 10), sharex=True, height_ratios=[3, 1, 1, 1])
hop, size = rate // 2, 8192
window = np.hanning(size)
columns = [20 * np.log10(np.abs(np.fft.rfft(mono[i:i + size] * window)) / size * 4 + 1e-7) for i in range(0, len(mono) - size, hop)]
frequencies = np.fft.rfftfreq(size, 1 / rate)
keep = (frequencies > 30) & (frequencies < 12000)
axes[0].pcolormesh(np.arange(len(columns)) * hop / rate / 60, frequencies[keep], np.array(columns).T[keep], cmap="magma", vmin=-110, vmax=-40, shading="auto", rasterized=True)
axes[0].set_yscale("log")
axes[0].set_ylabel("Hz")
axes[0].set_title("A recorded office afternoon, 22 December 2017 from 15:05: somebody comes in at 15:25; focus is asked for at 15:35, the schedule takes over at 15:40", fontsize=9)
axes[1].plot([c[0] for c in contexts], [c[1] for c in contexts], label="occupancy (fusion)")
axes[1].step([c[0] for c in contexts], [c[2] for c in contexts], where="post", label="counted", alpha=0.6)
axes[1].legend(loc="center right")
axes[1].set_ylabel("somebody there")
for name in ("bell", "pad"):
    count = np.array([s["notes"].get(name, 0) for _, s in scores], float)
    times = np.array([t for t, _ in scores])
    rate_per_minute = [(count[i] - np.interp(t - 2, times, count)) / min(2, max(t, 0.5)) for i, t in enumerate(times)]
    axes[2].plot(times, rate_per_minute, label=name)
axes[2].plot([t for t, _ in scores], [s["onsets_per_minute"] for _, s in scores], "--", label="asked for")
axes[2].legend(loc="upper left")
axes[2].set_ylabel("notes a minute")
axes[3].step([t for t, _ in scores], [len(s["layers"]) for _, s in scores], where="post")
axes[3].set_ylabel("layers")
axes[3].set_xlabel("minutes")
axes[3].set_xlim(0, len(mono) / rate / 60)
figure.tight_layout()
figure.savefig(picture, dpi=70)
