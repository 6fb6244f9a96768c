#!/usr/bin/python3
"""Renders every mood, has it judged, and writes one page of figures and plots and a golden table.

    tools/measure_moods.sh [--seconds 600] [--seeds 1,2,3] [--mood M …] [--check] [--keep FOLDER]     needs python3-matplotlib for the plots

Writes docs/moods-measured.md, docs/moods-measured.png and docs/moods-measured.json. With --check nothing is written:
it fails where a figure of the golden table has drifted by more than 15 % (and by more than the measure's own grain).
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE, PICTURE, TABLE = (ROOT / "docs" / f"moods-measured.{kind}" for kind in ("md", "png", "json"))
MOODS = ["calm", "focus", "bright", "welcome", "social", "wind-down", "night", "rain", "forest", "cathedral", "brand-example", "off"]
LONGER = {"wind-down": 4}  # its journey takes 40 minutes

DRIFT = 0.15

# What a figure may move by although nothing is wrong, in its own unit: near zero 15 % mean nothing.
GRAIN = {"LUFS": 1.0, "LU": 1.0, "dBTP": 1.0, "dB": 1.5, "dBFS": 3.0, "cosine": 0.05, "depth": 0.03, "fifths": 1.0, "notes": 3.0, "s": 2.0}
DEFAULT_GRAIN = 0.25

COLUMNS = [
    ("loudness, LUFS", "LUFS"), ("loudness range, LU", "range LU"), ("rise in 10 s, LU", "rise LU"), ("slope, dB/octave", "dB/oct"), ("centroid, Hz", "centroid Hz"),
    ("sharpness", "sharp"), ("2-5 kHz share, dB(A)", "2–5 kHz"), ("stereo correlation", "corr"), ("salient onsets a minute", "onsets/min"), ("longest gap, s", "longest gap s"),
    ("dwell of a chord, s", "dwell s"), ("key clarity", "key"), ("roughness of the notes, mean", "rough"), ("repetition, 5-grams", "repeat"),
]


def ambient(*arguments):
    return subprocess.run(["dotnet", str(ROOT / "src/Ambient.Daemon/bin/Release/net10.0/ambient.dll"), *map(str, arguments)], capture_output=True, text=True)


def measure(mood, seed, seconds, occupancy, folder):
    wav, midi = folder / "x.wav", folder / "x.mid"
    rendered = ambient("render", "--mood", mood, "--seconds", seconds, "--seed", seed, "--occupancy", occupancy, "--out", wav, "--midi", midi, "--json")
    if rendered.returncode != 0:
        sys.exit(f"{mood}, seed {seed}: {rendered.stderr}")
    notes = [] if mood == "off" else ["--midi", midi]
    judged = ambient("judge", wav, "--mood", mood, *notes, "--json")
    if not judged.stdout.strip():
        sys.exit(f"{mood}, seed {seed}: {judged.stderr}")
    picture = spectrogram(wav)
    wav.unlink()
    return json.loads(judged.stdout.strip().splitlines()[-1]), picture


def spectrogram(wav):
    """Log-frequency levels, a column each 2 s; None where numpy is missing."""
    try:
        import numpy as np
    except ImportError:
        return None
    import wave
    with wave.open(str(wav)) as sound:
        mono = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2).mean(1) / 32768
    size, hop = 8192, 96_000
    starts = range(0, len(mono) - size, hop)
    power = np.array([np.abs(np.fft.rfft(mono[at:at + size] * np.hanning(size))) ** 2 for at in starts]) / size ** 2
    edges = np.geomspace(40, 16_000, 65) * size / 48_000
    bands = [power[:, int(a):max(int(a) + 1, int(b))].mean(1) for a, b in zip(edges, edges[1:])]
    return 10 * np.log10(np.array(bands) + 1e-14)


def save_picture(kept, picture):
    if picture is not None:
        import numpy as np
        np.save(kept.with_suffix(".npy"), picture)


def load_picture(kept):
    if not kept.with_suffix(".npy").exists():
        return None
    import numpy as np
    return np.load(kept.with_suffix(".npy"))


def value(judgement, name):
    return next((finding.get("value") for finding in judgement["findings"] if finding["measure"] == name), None)


def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def table_of(results):
    return {mood: {finding["measure"]: median([value(j, finding["measure"]) for j in judgements]) for finding in judgements[0]["findings"]} for mood, judgements in results.items()}


def drifts(golden, now):
    for mood in now:
        for name, new in now[mood].items():
            old = golden.get(mood, {}).get(name)
            if old is None or new is None:
                if old is not new:
                    yield f"{mood}: {name} was {old}, is {new}"
                continue
            words = name.replace(",", " ").split()
            grain = max((GRAIN[w] for w in words if w in GRAIN), default=DEFAULT_GRAIN)
            if abs(new - old) > max(DRIFT * abs(old), grain):
                yield f"{mood}: {name} was {old:.3g}, is {new:.3g}"


def plot(results, pictures):
    try:
        import matplotlib
    except ImportError:
        return False
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    moods = [mood for mood in results if pictures.get(mood) is not None and mood != "off"]
    figure, axes = plt.subplots(len(moods), 2, figsize=(12, 1.5 * len(moods)), width_ratios=[3, 1], squeeze=False)
    octaves = [63, 125, 250, 500, 1000, 2000, 4000, 8000]
    for (left, right), mood in zip(axes, moods):
        minutes = pictures[mood].shape[1] * 2 / 60
        left.imshow(pictures[mood], origin="lower", aspect="auto", extent=(0, minutes, 0, 64), vmin=-110, vmax=-50, cmap="magma")
        left.set_yticks([64 * i / 8.64 for i in (1.3, 4.6, 8)], ["100", "1k", "10k"])
        left.set_ylabel(mood, fontsize=8)
        for judgement in results[mood]:
            levels = [0 if hz == 500 else value(judgement, f"octave {hz} Hz, dB re 500 Hz") for hz in octaves]
            right.plot(range(8), levels, lw=1)
        right.fill_between(range(8), [-60, 0, -1, 0, -11, -19, -29, -43], [8, 12, 9, 0, -1, -7, -14, -23], color="#ddd", zorder=0)
        right.set_ylim(-55, 15)
        right.set_xticks(range(8), ["63", "", "250", "", "1k", "", "4k", ""])
    axes[-1][0].set_xlabel("minutes")
    axes[-1][1].set_xlabel("octave, Hz; grey: target of calm")
    figure.tight_layout()
    figure.savefig(PICTURE, dpi=70)
    return True


def page(results, seeds, seconds, has_plot):
    lines = [
        "# The moods, measured", "",
        f"Every mood rendered for {seconds // 60} minutes (wind-down {4 * seconds // 60}) with seed{'s' if len(seeds) > 1 else ''} {', '.join(map(str, seeds))} in a room that is in use (occupancy 0.7), then judged: "
        "`./run judge`. Written by `tools/measure_moods.sh`, which with `--check` compares against the golden table beside this page and fails where a figure drifts by more than 15 %.", "",
        "Numbers catch faults, not beauty. The targets are judgement, anchored on measurements of published ambient pieces and on sound-masking studies; a *gate* (fail) is what must not be shipped, a *warning* is to be explained. "
        "**Nobody has listened to these moods in a trial.** How to run one: three people, 45 minutes at real work, one question every ten minutes (noticed it? pleasant? tired of it?).", "",
    ]
    if has_plot:
        lines += ["![spectrograms and octave levels](moods-measured.png)", ""]
    lines += ["Medians over the seeds:", "", "| mood | " + " | ".join(short for _, short in COLUMNS) + " | fail | warn |", "| --- |" + " --: |" * (len(COLUMNS) + 2)]
    for mood, judgements in results.items():
        cells = [median([value(j, name) for j in judgements]) for name, _ in COLUMNS]
        lines.append(f"| {mood} | " + " | ".join("–" if c is None else f"{c:.3g}" for c in cells) + f" | {max(j['failed'] for j in judgements)} | {median([j['warned'] for j in judgements]):.0f} |")
    failed = [f"| {mood} | {seed} | {f['measure']} | {f.get('value')} | {f['target']} |" for mood, judgements in results.items() for seed, j in zip(seeds, judgements) for f in j["findings"] if f["verdict"] == "fail"]
    lines += ["", "## Gates", ""]
    lines += ["| mood | seed | measure | value | target |", "| --- | --: | --- | --: | --- |", *failed] if failed else ["Every gate passes: " + ", ".join(results) + "."]
    lines += ["", "## Warnings", "", "Measures outside their target on most seeds, with the median and the target:", ""]
    for mood, judgements in results.items():
        warned = [f for f in judgements[0]["findings"] if sum(value_verdict(j, f["measure"]) == "warn" for j in judgements) * 2 > len(judgements)]
        if warned:
            lines.append(f"- **{mood}**: " + "; ".join(f"{f['measure']} {median([value(j, f['measure']) for j in judgements]):.3g} ({f['target']})" for f in warned))
    explanations = ROOT / "tools" / "moods_explained.md"
    if explanations.exists():
        lines += ["", explanations.read_text().strip()]
    return "\n".join(lines) + "\n"


def value_verdict(judgement, name):
    return next((finding["verdict"] for finding in judgement["findings"] if finding["measure"] == name), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--mood", action="append", choices=MOODS)
    parser.add_argument("--occupancy", type=float, default=0.7)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path, help="folder of single results: what is there is not rendered again")
    asked = parser.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    runs = [(mood, seed) for seed in seeds for mood in asked.mood or MOODS if mood != "off" or seed == seeds[0]]

    def run(mood_and_seed):
        mood, seed = mood_and_seed
        kept = asked.keep / f"{mood}-{seed}.json" if asked.keep else None
        if kept and kept.exists():
            return mood, json.loads(kept.read_text()), load_picture(kept)
        with tempfile.TemporaryDirectory() as folder:
            judgement, picture = measure(mood, seed, 60 if mood == "off" else asked.seconds * LONGER.get(mood, 1), asked.occupancy, pathlib.Path(folder))
        print(f"{mood}, seed {seed}: {judgement['passed']} pass, {judgement['warned']} warn, {judgement['failed']} fail", file=sys.stderr, flush=True)
        if kept:
            asked.keep.mkdir(parents=True, exist_ok=True)
            save_picture(kept, picture)
            kept.write_text(json.dumps(judgement))
        return mood, judgement, picture

    results, pictures = {}, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for mood, judgement, picture in workers.map(run, runs):
            results.setdefault(mood, []).append(judgement)
            pictures.setdefault(mood, picture)

    now = table_of(results)
    if asked.check:
        found = list(drifts(json.loads(TABLE.read_text()), now))
        print("\n".join(found) if found else "No drift.")
        sys.exit(1 if found else 0)
    golden = json.loads(TABLE.read_text()) if asked.mood and TABLE.exists() else {}
    TABLE.write_text(json.dumps(golden | now, indent=1, ensure_ascii=False) + "\n")
    if not asked.mood:
        PAGE.write_text(page(results, seeds, asked.seconds, plot(results, pictures)))
    sys.exit(1 if any(j["failed"] for js in results.values() for j in js) else 0)


main()
