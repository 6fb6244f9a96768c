#!/usr/bin/python3
"""Writes the averaged weights of a checkpoint as two int8 ONNX graphs for the product.

    ./export.py [--checkpoint work/checkpoint.pt] [--out ../]      int8, what ships
    ./export.py --float --out work/float                           float, to measure what quantisation costs

composer-trunk.onnx runs once a frame, composer-voice.onnx once a voice; composer.json tells the shapes and the meaning of
`cond`. Weights are int8 per output column, activations are quantised as they come (DynamicQuantizeLinear). Weights use the
range -64..64: then u8 x s8 pair sums fit 16 bits, so processors without VNNI compute the same integers as those with it.
"""
import argparse
import hashlib
import json
import os
import re

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import corpus
from network import INTERVALS, PAIRS, REACH, VOICES, Composer

OPSET = 15
WEIGHT_MAX = 64


class Graph:
    """A small builder: every call adds a node and returns the name of its output."""

    def __init__(self, quantised):
        self.nodes, self.initializers, self.quantised, self.constants = [], [], quantised, {}

    def constant(self, array, name=None):
        array = np.array(array, order="C")  # ascontiguousarray would turn a scalar into a vector
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            name = name or f"c{len(self.initializers)}"
            self.initializers.append(numpy_helper.from_array(array, name))
            self.constants[key] = name
        return self.constants[key]

    def ints(self, *values):
        return self.constant(np.array(values, dtype=np.int64))

    def add(self, kind, *inputs, outputs=1, **attributes):
        names = [f"{kind.lower()}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def name(self, value, output):
        self.nodes.append(helper.make_node("Identity", [value], [output]))

    def linear(self, x, weight, bias=None):
        """x [B, K] times weight [K, N] plus bias [N]."""
        if not self.quantised:
            y = self.add("MatMul", x, self.constant(weight))
        else:
            scale = np.maximum(np.abs(weight).max(0), 1e-8) / WEIGHT_MAX
            q = self.constant(np.round(weight / scale).astype(np.int8))
            xq, xs, xz = self.add("DynamicQuantizeLinear", x, outputs=3)
            y = self.add("MatMulInteger", xq, q, xz)
            y = self.add("Mul", self.add("Cast", y, to=TensorProto.FLOAT), self.add("Mul", xs, self.constant(scale.astype(np.float32))))
        return y if bias is None else self.add("Add", y, self.constant(bias))

    def selected_linear(self, x, weights, biases, which):
        """The same with one of several weights [V, K, N], chosen at run time by `which` int64[1]."""
        if not self.quantised:
            y = self.add("MatMul", x, self.add("Squeeze", self.add("Gather", self.constant(weights), which, axis=0), self.ints(0)))
        else:
            scale = np.maximum(np.abs(weights).max(1, keepdims=True), 1e-8) / WEIGHT_MAX
            q = self.constant(np.round(weights / scale).astype(np.int8))
            chosen = self.add("Squeeze", self.add("Gather", q, which, axis=0), self.ints(0))
            xq, xs, xz = self.add("DynamicQuantizeLinear", x, outputs=3)
            y = self.add("Cast", self.add("MatMulInteger", xq, chosen, xz), to=TensorProto.FLOAT)
            columns = self.add("Gather", self.constant(scale[:, 0].astype(np.float32)), which, axis=0)
            y = self.add("Mul", y, self.add("Mul", xs, columns))
        return y if biases is None else self.add("Add", y, self.add("Gather", self.constant(biases), which, axis=0))

    def rows(self, table, index):
        """Rows of a table [N, E] by an index of any shape [...] -> [..., E]."""
        if not self.quantised:
            return self.add("Gather", self.constant(table), index, axis=0)
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        q = self.constant(np.round(table / scale).astype(np.int8))
        y = self.add("Cast", self.add("Gather", q, index, axis=0), to=TensorProto.FLOAT)
        return self.add("Mul", y, self.add("Gather", self.constant(scale.astype(np.float32)), index, axis=0))

    def save(self, path, name, inputs, outputs):
        value = lambda n, kind, shape: helper.make_tensor_value_info(n, kind, shape)
        graph = helper.make_graph(self.nodes, name, [value(*i) for i in inputs], [value(*o) for o in outputs], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="ambient")
        model.ir_version = 8
        onnx.checker.check_model(model)
        onnx.save(model, path)


def trunk(model, quantised, path):
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    g, size, h = Graph(quantised), corpus.VOCABULARY + 1, model.hidden
    parts = [
        g.add("ReduceSum", g.rows(w["pitch.weight"], g.add("Add", "prev", g.ints(*(v * size for v in range(VOICES))))), g.ints(1), keepdims=0),
        g.add("ReduceSum", g.rows(w["held.weight"], g.add("Add", "held", g.ints(*(v * 17 for v in range(VOICES))))), g.ints(1), keepdims=0),
        g.rows(w["position.weight"], "pos"),
        g.add("Add", g.add("MatMul", "cond", g.constant(w["condition.weight"].T)), g.constant(w["condition.bias"])),
    ]
    upper = g.add("Gather", "prev", g.ints(*(a for a, _ in PAIRS)), axis=1)
    lower = g.add("Gather", "prev", g.ints(*(b for _, b in PAIRS)), axis=1)
    between = g.add("Add", g.add("Clip", g.add("Sub", upper, lower), g.constant(np.int64(-REACH)), g.constant(np.int64(REACH))), g.ints(REACH))
    silent = g.add("GreaterOrEqual", g.add("Max", upper, lower), g.ints(corpus.SILENT))
    between = g.add("Where", silent, g.ints(INTERVALS), between)
    between = g.add("Add", between, g.ints(*(k * (INTERVALS + 1) for k in range(len(PAIRS)))))
    parts.append(g.add("ReduceSum", g.rows(w["interval.weight"], between), g.ints(1), keepdims=0))
    x = parts[0]
    for part in parts[1:]:
        x = g.add("Add", x, part)

    y, states = x, []
    for layer in range(2):
        before = g.add("Gather", "state", g.constant(np.int64(layer)), axis=0)
        gi = g.linear(y, w[f"gru.weight_ih_l{layer}"].T, w[f"gru.bias_ih_l{layer}"])
        gh = g.linear(before, w[f"gru.weight_hh_l{layer}"].T, w[f"gru.bias_hh_l{layer}"])
        sizes = g.ints(h, h, h)
        ir, iz, inn = g.add("Split", gi, sizes, outputs=3, axis=1)
        hr, hz, hn = g.add("Split", gh, sizes, outputs=3, axis=1)
        r = g.add("Sigmoid", g.add("Add", ir, hr))
        z = g.add("Sigmoid", g.add("Add", iz, hz))
        n = g.add("Tanh", g.add("Add", inn, g.add("Mul", r, hn)))
        y = g.add("Add", n, g.add("Mul", z, g.add("Sub", before, n)))
        states.append(g.add("Unsqueeze", y, g.ints(0)))
    g.name(g.add("Concat", *states, axis=0), "state_out")
    heads = g.linear(g.add("Concat", y, x, axis=1), w["to_head.weight"].T, w["to_head.bias"])
    g.name(g.add("Reshape", heads, g.ints(-1, VOICES, model.head_size)), "head")
    g.save(path, "trunk", [
        ("prev", TensorProto.INT64, ["B", VOICES]), ("held", TensorProto.INT64, ["B", VOICES]), ("pos", TensorProto.INT64, ["B"]),
        ("cond", TensorProto.FLOAT, ["B", corpus.CONDITION_SIZE]), ("state", TensorProto.FLOAT, [2, "B", h])],
        [("state_out", TensorProto.FLOAT, [2, "B", h]), ("head", TensorProto.FLOAT, ["B", VOICES, model.head_size])])


def voice(model, quantised, path):
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    g = Graph(quantised)
    head = g.add("Squeeze", g.add("Gather", "head", "voice", axis=1), g.ints(1))
    told = g.add("Reshape", g.rows(w["token.weight"], "chosen"), g.ints(-1, VOICES * w["token.weight"].shape[1]))
    h = g.add("Relu", g.add("Add", head, g.selected_linear(told, w["chosen"], None, "voice")))
    raw = g.selected_linear(h, w["out"], w["out_bias"], "voice")
    absolute, tables = g.add("Split", raw, g.ints(corpus.VOCABULARY, VOICES * INTERVALS), outputs=2, axis=1)
    tables = g.add("Reshape", tables, g.ints(-1, VOICES, INTERVALS))
    refs = g.add("Where", g.add("Equal", "chosen", g.ints(corpus.START)), "prev", "chosen")
    column = g.add("Unsqueeze", refs, g.ints(2))
    index = g.add("Sub", g.constant(np.arange(corpus.PITCH_COUNT, dtype=np.int64)[None, None]), column)
    index = g.add("Add", g.add("Clip", index, g.constant(np.int64(-REACH)), g.constant(np.int64(REACH))), g.ints(REACH))
    relative = g.add("GatherElements", tables, index, axis=2)
    heard = g.add("Cast", g.add("Less", column, g.ints(corpus.SILENT)), to=TensorProto.FLOAT)
    relative = g.add("ReduceSum", g.add("Mul", relative, heard), g.ints(1), keepdims=0)
    relative = g.add("Pad", relative, g.ints(0, 0, 0, 1))
    g.name(g.add("Add", absolute, relative), "logits")
    g.save(path, "voice", [
        ("head", TensorProto.FLOAT, ["B", VOICES, model.head_size]), ("voice", TensorProto.INT64, [1]),
        ("chosen", TensorProto.INT64, ["B", VOICES]), ("prev", TensorProto.INT64, ["B", VOICES])],
        [("logits", TensorProto.FLOAT, ["B", corpus.VOCABULARY])])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--checkpoint", default=os.path.join(here, "work", "checkpoint.pt"))
    arguments.add_argument("--out", default=os.path.dirname(here))
    arguments.add_argument("--float", action="store_true")
    options = arguments.parse_args()
    os.makedirs(options.out, exist_ok=True)

    saved = torch.load(options.checkpoint)
    model = Composer()
    model.load_state_dict({k: v.float() for k, v in saved["average"].items()})
    model.eval()
    paths = {name: os.path.join(options.out, f"composer-{name}.onnx") for name in ("trunk", "voice")}
    trunk(model, not options.float, paths["trunk"])
    voice(model, not options.float, paths["voice"])

    first = len(corpus.RATES)
    intents = first + corpus.CORPUS_SLOTS
    description = {
        "format": 1, "hidden": model.hidden, "head": model.head_size, "layers": 2, "cond": corpus.CONDITION_SIZE,
        "cond_layout": {
            "rate": {name: i for i, name in enumerate(corpus.RATES)},
            "corpus": {name: first + i for i, name in enumerate(corpus.CORPORA)},
            "paced": corpus.PACED_SLOT,
            "intent": {name: intents + i for i, name in enumerate(corpus.INTENTS)},
            "intent_present": {name: intents + len(corpus.INTENTS) + i for i, name in enumerate(corpus.INTENTS)},
        },
        "intent_range": [-1, 1],
        "intent_quantiles": {name: [round(x, 5) for x in saved["intent_scale"]["slow"][i]] for i, name in enumerate(corpus.INTENTS)
                             if name not in corpus.IntentScale.LINEAR},
        "pitch_min": corpus.PITCH_MIN, "pitch_count": corpus.PITCH_COUNT,
        "trained_steps": saved["step"], "valid_nll_float": saved["valid"],
        "sha256": {os.path.basename(p): hashlib.sha256(open(p, "rb").read()).hexdigest() for p in paths.values()},
    }
    with open(os.path.join(options.out, "composer.json"), "w", encoding="utf-8") as file:
        text = json.dumps(description, indent=2)
        file.write(re.sub(r"\[[^\[\]]*\]", lambda numbers: re.sub(r"\s+", " ", numbers[0]), text) + "\n")
    print(json.dumps({name: os.path.getsize(path) for name, path in paths.items()}))


if __name__ == "__main__":
    main()
