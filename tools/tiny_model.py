#!/usr/bin/python3
"""Writes tests/data/tiny-model: networks of the shipped shape with random weights, a few kilobytes, for tests of the inference path.

    tools/tiny_model.py        needs python3-torch and python3-onnx, like models/training
"""
import os
import sys
import tempfile

import torch

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
training = os.path.join(root, "models", "training")
sys.path.insert(0, training)
import export  # noqa: E402
import network  # noqa: E402

SIZES = {"hidden": 16, "embedding": 8, "head": 8, "token_embedding": 4}


def main():
    torch.manual_seed(1)
    model = network.Composer(**SIZES)
    for weight in model.parameters():
        weight.data.mul_(3)  # random weights near 0 would compose nothing but a flat distribution
    export.Composer = lambda: network.Composer(**SIZES)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = os.path.join(folder, "checkpoint.pt")
        torch.save({"average": model.state_dict(), "step": 0, "valid": None}, checkpoint)
        sys.argv = ["export.py", "--checkpoint", checkpoint, "--out", os.path.join(root, "tests", "data", "tiny-model")]
        export.main()


if __name__ == "__main__":
    main()
