#!/usr/bin/python3
"""Renders every instrument's range and draws docs/instruments/NAME.png (needs numpy, scipy, matplotlib and pillow from Debian).

`tools/spectrograms.py [NAME …]` from the repository's root, after a build of src/Ambient.Daemon (./run does one).
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
from scipy import signal
from scipy.io import wavfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
AMBIENT = ROOT / "src/Ambient.Daemon/bin/Release/net10.0/ambient.dll"
PRESETS = ROOT / "src/Ambient.Synth/Instruments/Presets"
SECONDS = 24


def draw(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wav = pathlib.Path(folder) / "out.wav"
        said = subprocess.run(["dotnet", AMBIENT, "render", "--instrument", name, "--seconds", str(SECONDS), "--out", wav, "--json"],
                              check=True, capture_output=True, text=True)
        result = json.loads(said.stdout.splitlines()[-1])
        rate, stereo = wavfile.read(wav)
    f, t, power = signal.spectrogram(stereo.mean(axis=1) / 32768, rate, "hann", 4096, 3072, mode="psd")
    edges = np.geomspace(30, 12_000, 181)
    rows = np.array([power[(f >= a) & (f < b)].max(axis=0) if ((f >= a) & (f < b)).any() else power[np.argmin(abs(f - a))]
                     for a, b in zip(edges, edges[1:])])
    figure, axes = plt.subplots(figsize=(7, 2.6), dpi=80)
    axes.pcolormesh(t[::4], edges[:-1], 10 * np.log10(rows[:, ::4] + 1e-15), cmap="magma", vmin=-115, vmax=-45, shading="nearest", rasterized=True)
    axes.set_yscale("log")
    axes.set_yticks([50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000], ["50", "100", "200", "500", "1k", "2k", "5k", "10k"])
    axes.set_xlabel("s")
    axes.set_ylabel("Hz")
    axes.set_title(f"{name}: {result['lufs_integrated']} LUFS, {result['true_peak_dbtp']} dBTP", fontsize=9)
    figure.tight_layout()
    figure.savefig(ROOT / f"docs/instruments/{name}.png")
    plt.close(figure)
    with Image.open(ROOT / f"docs/instruments/{name}.png") as picture:
        picture.convert("RGB").quantize(48).save(ROOT / f"docs/instruments/{name}.png", optimize=True)
    print(name, result["lufs_integrated"], "LUFS", result["true_peak_dbtp"], "dBTP", (ROOT / f"docs/instruments/{name}.png").stat().st_size // 1024, "kB", flush=True)


for instrument in sys.argv[1:] or sorted(path.stem for path in PRESETS.glob("*.json")):
    draw(instrument)
