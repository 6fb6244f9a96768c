#!/usr/bin/python3
"""Trains the composer. One command, resumable:

    ./train.py --data DIR [--steps 3000] [--resume] [--seed 1] [--init weights.pt]

Writes work/checkpoint.pt every few minutes (weights, averaged weights, optimiser, step, random state) and work/losses.csv.
"""
import argparse
import csv
import json
import math
import os
import time

import numpy as np
import torch

import corpus
from corpus import CORPORA, START
from network import Composer

# Share of training rows by corpus, per rate. JSB is what the bar is measured on; slow leans on what ambient needs.
MIX = {
    "score": {"jsb": 0.50, "hymn": 0.17, "vocal": 0.22, "quartet": 0.07, "chant": 0.04},
    "slow": {"jsb": 0.40, "hymn": 0.20, "vocal": 0.20, "quartet": 0.10, "chant": 0.10},
}
SHAPE = {"score": (24, 128), "slow": (32, 64)}  # rows, frames
SLOW_SHARE = 0.8  # slow is what is played, and has control to learn; score has been learnt where --init is given
SEGMENT = {"score": 32, "slow": 16}  # frames for which intent stays as it is: it changes while a piece goes on, as the room's does
TURNING = 0.6  # share of asked slow rows within which everything changes once or twice
THINNED = 0.5  # share of slow rows from which voices are taken, so that the network knows what fewer voices sound like
PACED = 0.5  # share of slow rows in which chords stand still while the melody goes on, as in play
NO_INTENT = {"score": 0.6, "slow": 0.15}  # score is judged without intent, slow is played with it
CHANGED = {"parallel": 0.4, "stretch": 0.35, "hasten": 0.2, "delay": 0.25, "purify": 0.25, "tint": 0.45, "spread": 0.5}  # see Sampler.change


class Sampler:
    def __init__(self, pieces, rng):
        self.rng = rng
        self.by = {}
        for piece in pieces:
            for rate in (*corpus.RATES, "paced"):
                grid = piece[rate] if rate in piece else corpus.paced_of(piece["score"], rng)
                sounding = grid[grid < corpus.PITCH_COUNT].astype(int)
                if len(sounding) == 0 or len(grid) < 16:
                    continue
                # Keep every part inside the range that its corpus ever uses, give or take a tone: a fifth at most.
                self.by.setdefault((rate, piece["corpus"]), []).append(grid)
        self.ranges, self.weights, self.keys = {}, {}, {}
        for key, grids in self.by.items():
            everything = np.concatenate(grids)
            low = [np.min(everything[:, v][everything[:, v] < 72], initial=72) for v in range(4)]
            high = [np.max(everything[:, v][everything[:, v] < 72], initial=0) for v in range(4)]
            shifts = []
            for grid in grids:
                allowed = []
                for shift in range(-6, 7):
                    moved = grid.astype(int) + shift
                    fits = all(
                        np.all((moved[:, v][grid[:, v] < 72] >= max(0, low[v])) & (moved[:, v][grid[:, v] < 72] <= min(71, high[v])))
                        for v in range(4))
                    if fits:
                        allowed.append(shift)
                shifts.append(allowed or [0])
            self.ranges[key] = shifts
            self.keys[key] = [corpus.key_of(grid) for grid in grids]
            lengths = np.array([len(g) for g in grids], float)
            self.weights[key] = lengths / lengths.sum()

    def batch(self, rate, asked=None):
        """Rows of music; those that will be `asked` for something ([rows], none if left out) are changed so that every wish is met somewhere."""
        size, frames = SHAPE[rate]
        mix = MIX[rate]
        names = list(mix)
        corpora = [CORPORA.index(names[i]) for i in self.rng.choice(len(names), size, p=list(mix.values()))]
        tokens = np.full((size, frames + 1, 4), corpus.SILENT, dtype=np.int64)
        held = np.zeros((size, frames, 4), dtype=np.int64)
        position = np.zeros((size, frames), dtype=np.int64)
        mask = np.zeros((size, frames), dtype=np.float32)
        paced = (rate == "slow") & (self.rng.random(size) < PACED)
        for row, which in enumerate(corpora):
            key = ("paced" if paced[row] else rate, which)
            piece = self.rng.choice(len(self.by[key]), p=self.weights[key])
            grid = self.by[key][piece].astype(np.int64)
            shift = self.rng.choice(self.ranges[key][piece])
            grid = np.where(grid < corpus.PITCH_COUNT, grid + shift, grid)
            if rate == "slow":
                tonic, minor = self.keys[key][piece]
                if asked is None or not asked[row]:
                    grid = self.thin(grid)
                elif self.rng.random() < TURNING:
                    grid = self.turn(grid, (tonic + shift) % 12, minor)
                else:
                    grid = self.thin(self.change(grid, (tonic + shift) % 12, minor))
            # A quarter of the rows begin with the piece, as scoring does; the others on a beat inside it.
            last = max(0, len(grid) - frames)
            first = 0 if self.rng.random() < 0.25 else 4 * int(self.rng.integers(0, last // 4 + 1))
            part = grid[first:first + frames]
            tokens[row, 1:1 + len(part)] = part
            tokens[row, 0] = grid[first - 1] if first else START
            age = corpus.held_of(grid[max(0, first - 16):first + len(part)])
            skip = min(16, first)
            age = np.concatenate([np.zeros((1, 4), np.int64), age])[skip:skip + len(part)]
            held[row, :len(part)] = age
            position[row] = (first + np.arange(frames)) % 48
            mask[row, :len(part)] = 1
        return np.array(corpora), paced, tokens, held, position, mask

    def turn(self, grid, tonic, minor):
        """A row whose music turns into something else once or twice. Where a wish holds all the time, what has sounded tells as much as the wish does,
        and the network would learn to go on as before instead of to listen."""
        frames, segment = SHAPE["slow"][1], SEGMENT["slow"]
        turns = np.sort(self.rng.choice(np.arange(1, frames // segment), self.rng.integers(1, 3), replace=False)) * segment
        spans = []
        for length in np.diff([0, *turns, frames]):
            other = self.thin(self.change(grid, tonic, minor, whole_octaves=True))
            first = 4 * int(self.rng.integers(0, max(0, len(other) - length) // 4 + 1))
            spans.append(np.resize(other[first:], (length, 4)) if len(other) - first < length else other[first:first + length])
        return np.concatenate(spans)

    def change(self, grid, tonic, minor, whole_octaves=False):
        """Takes apart what goes together in the corpora (slow with consonant, high with bright ...), or wishes against it would not be learnt."""
        chance = lambda name: self.rng.random() < CHANGED[name]
        if chance("parallel"):
            grid = corpus.parallel(grid, tonic, minor)
        if chance("purify"):  # consonant frames only
            tension = corpus.tension_of(grid)
            kept = grid[tension <= np.quantile(tension, 0.6)]
            grid = kept if len(kept) >= 16 else grid
        if chance("tint"):  # most thirds of one kind
            against = corpus.third_of(grid) == self.rng.choice([-1, 1])
            kept = grid[~against | (self.rng.random(len(grid)) < 0.5 * self.rng.random())]
            grid = kept if len(kept) >= 16 else grid
        if chance("delay"):  # a voice or two come late: suspensions
            for voice in self.rng.choice(4, self.rng.integers(1, 3), replace=False):
                grid = self.late(grid, voice, int(self.rng.integers(1, 3)))
        if chance("hasten"):  # nothing stands still
            moves = np.concatenate([[True], np.any(grid[1:] != grid[:-1], 1)])
            grid = grid[moves] if moves.sum() >= 16 else grid
        elif chance("stretch"):
            grid = np.repeat(grid, self.rng.integers(2, 4), 0)
        if chance("spread"):  # the whole piece higher or lower than voices sing
            sounding = grid[grid < corpus.PITCH_COUNT]
            if len(sounding):
                by = 12 * int(self.rng.integers(-1, 2)) if whole_octaves else int(self.rng.integers(-14, 15))
                if whole_octaves and not 0 <= sounding.min() + by <= sounding.max() + by < corpus.PITCH_COUNT:
                    by = 0
                by = int(np.clip(by, -sounding.min(), corpus.PITCH_COUNT - 1 - sounding.max()))
                grid = np.where(grid < corpus.PITCH_COUNT, grid + by, grid)
        return grid

    @staticmethod
    def late(grid, voice, frames):
        grid = grid.copy()
        grid[frames:, voice] = grid[:-frames, voice].copy()
        return grid

    def thin(self, grid):
        """Takes one to three voices away (or none: THINNED), for the whole piece or for a span of it."""
        if self.rng.random() >= THINNED:
            return grid
        grid = grid.copy()
        for voice in self.rng.choice(4, self.rng.integers(1, 4), replace=False):
            first = 0 if self.rng.random() < 0.6 else int(self.rng.integers(0, len(grid)))
            grid[first:first + (len(grid) if first == 0 else 48), voice] = corpus.SILENT
        return grid

    def intents(self, rate, tokens, mask):
        """Raw values of every segment, [rows * segments, 6]."""
        return corpus.intents_of(tokens[:, 1:].reshape(-1, SEGMENT[rate], 4), mask.reshape(-1, SEGMENT[rate]) > 0)

    def raw(self, rate):
        """Intents of one batch of music as it is."""
        _, _, tokens, _, _, mask = self.batch(rate)
        return self.intents(rate, tokens, mask)[mask.reshape(-1, SEGMENT[rate]).any(1)]


def asked_rows(rng, rate):
    """Which rows are asked for something: the others see no intent at all (NO_INTENT)."""
    return rng.random(SHAPE[rate][0]) >= NO_INTENT[rate]


def conditions(rng, rate, asked, corpora, paced, intents):
    """Condition vectors [rows, frames, C]. Half of the rows that are asked see every intent, the rest each value with probability 0.6.
    One row in ten hides its corpus."""
    size = len(corpora)
    segments = len(intents) // size
    present = asked[:, None] & ((rng.random((size, 1)) < 0.5) | (rng.random((size, intents.shape[1])) < 0.6))
    hidden = np.where(rng.random(size) < 0.1, -1, corpora)
    vector = corpus.condition(rate, np.repeat(hidden, segments), intents, np.repeat(present, segments, 0).astype(np.float32), np.repeat(paced, segments))
    return np.repeat(vector.reshape(size, segments, -1), SEGMENT[rate], 1)


@torch.no_grad()
def evaluate(model, pieces, rate, name):
    """Micro NLL per voice and frame over whole pieces, null intent, as `composer eval` charges it."""
    model.eval()
    total, count = 0.0, 0
    chosen = [p for p in pieces if p["split"] == "valid" and p["corpus"] == CORPORA.index(name)]
    for piece in chosen:
        grid = torch.from_numpy(piece[rate].astype(np.int64))[None]
        start = torch.full((1, 1, 4), START)
        prev = torch.cat([start, grid[:, :-1]], 1)
        held = np.concatenate([np.zeros((1, 4), np.int64), corpus.held_of(piece[rate])[:-1]])
        cond = torch.from_numpy(corpus.condition(rate, [piece["corpus"]]))[:, None].expand(-1, grid.shape[1], -1)
        pos = (torch.arange(grid.shape[1]) % 48)[None]
        loss = model.losses(grid, prev, torch.from_numpy(held)[None], pos, cond)
        total += loss.sum().item()
        count += loss.numel()
    model.train()
    return total / max(1, count)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", required=True, help="folder of the corpora")
    arguments.add_argument("--work", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "work"))
    arguments.add_argument("--steps", type=int, default=3000, help="optimiser steps of the whole schedule")
    arguments.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    arguments.add_argument("--dropout", type=float, default=0.4)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--resume", action="store_true")
    arguments.add_argument("--init", help="start from the weights of this checkpoint, with a fresh schedule")
    arguments.add_argument("--max-pieces", type=int, help="only so many pieces: for a smoke run")
    arguments.add_argument("--check-every", type=int, default=400)
    options = arguments.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    os.makedirs(options.work, exist_ok=True)
    pieces = corpus.load(options.data)
    if options.max_pieces:
        pieces = [p for i, p in enumerate(pieces) if i % max(1, len(pieces) // options.max_pieces) == 0]
    sampler = Sampler([p for p in pieces if p["split"] == "train"], rng)
    for rate in corpus.RATES:
        MIX[rate] = {name: share for name, share in MIX[rate].items() if (rate, CORPORA.index(name)) in sampler.by}
        whole = sum(MIX[rate].values())
        MIX[rate] = {name: share / whole for name, share in MIX[rate].items()}
    scale = corpus.IntentScale.fit({
        rate: np.concatenate([sampler.raw(rate) for _ in range(30)]) for rate in corpus.RATES})

    model = Composer(dropout=options.dropout)
    average = Composer()
    average.load_state_dict(model.state_dict())
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.05, betas=(0.9, 0.98))
    step, spent = 0, 0.0
    path = os.path.join(options.work, "checkpoint.pt")
    if options.resume and os.path.exists(path):
        saved = torch.load(path)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        scale = corpus.IntentScale(saved["intent_scale"])
        step, spent = saved["step"], saved["spent"]
        rng.bit_generator.state = saved["rng"]
        torch.set_rng_state(saved["torch_rng"])
    elif options.init:
        saved = torch.load(options.init)
        model.load_state_dict({k: v.float() for k, v in saved["average"].items()})
        average.load_state_dict(model.state_dict())
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(pieces)} pieces, from step {step}", flush=True)

    log = open(os.path.join(options.work, "losses.csv"), "a", newline="")
    writer = csv.writer(log)
    began, running = time.time(), {}
    while step < options.steps:
        progress = step / options.steps
        factor = min(1.0, (step + 1) / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in optimiser.param_groups:
            group["lr"] = options.rate * factor
        rate = "slow" if rng.random() < SLOW_SHARE else "score"
        asked = asked_rows(rng, rate)
        corpora, paced, tokens, held, position, mask = sampler.batch(rate, asked)
        cond = torch.from_numpy(conditions(rng, rate, asked, corpora, paced, scale.apply(rate, sampler.intents(rate, tokens, mask))))
        tokens = torch.from_numpy(tokens)
        losses = model.losses(tokens[:, 1:], tokens[:, :-1], torch.from_numpy(held), torch.from_numpy(position), cond)
        weight = torch.from_numpy(mask)[:, :, None]
        loss = (losses * weight).sum() / (4 * weight.sum())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        with torch.no_grad():
            keep = min(0.998, (1 + step) / (10 + step))
            for mine, theirs in zip(average.parameters(), model.parameters()):
                mine.lerp_(theirs, 1 - keep)
        running[rate] = 0.98 * running.get(rate, loss.item()) + 0.02 * loss.item()
        if step % options.check_every == 0 or step == options.steps:
            valid = {rate: evaluate(average, pieces, rate, "jsb") for rate in corpus.RATES}
            elapsed = spent + time.time() - began
            row = [step, round(elapsed), *(round(running.get(r, 0), 4) for r in corpus.RATES), *(round(valid[r], 4) for r in corpus.RATES)]
            writer.writerow(row)
            log.flush()
            print(f"step {row[0]}  {row[1]} s  train score {row[2]} slow {row[3]}  jsb valid score {row[4]} slow {row[5]}", flush=True)
            torch.save({
                "model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                "intent_scale": scale.tables, "step": step, "spent": elapsed, "valid": valid, "options": vars(options),
                "rng": rng.bit_generator.state, "torch_rng": torch.get_rng_state()}, path + ".new")
            os.replace(path + ".new", path)
    print(json.dumps({"steps": step, "seconds": round(spent + time.time() - began)}))


if __name__ == "__main__":
    main()
