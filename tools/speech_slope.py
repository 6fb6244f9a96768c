#!/usr/bin/python3
"""Fits the shelves of src/Ambient.Synth/Instruments/SpeechSlope.cs and prints its numbers (needs numpy and scipy).

Brown noise (one pole at 40 Hz), three shelves, a high-pass at 70 Hz and a pole at 9 kHz shall make third octaves that fall by
5 dB per octave from 160 Hz to 5 kHz.
"""
import numpy as np
from scipy.optimize import least_squares

RATE = 48_000
f = np.geomspace(20, 20_000, 1200)
z = np.exp(-2j * np.pi * f / RATE)
centres = 1_000 * 2.0 ** (np.arange(-8, 8) / 3)


def pole(hz):
    a = 1 - np.exp(-2 * np.pi * hz / RATE)
    return a / (1 - (1 - a) * z)


def floor(hz):
    g, s = np.tan(np.pi * hz / RATE), (1 - z) / (1 + z)
    return (s / g) ** 2 / ((s / g) ** 2 + np.sqrt(2) * s / g + 1)


def shelves(p):
    for corner, high in p.reshape(3, 2):
        yield np.exp(corner), 1 / (1 + np.exp(-high))


def errors(p):
    h = pole(40) * floor(70) * pole(9_000)
    for hz, high in shelves(p):
        low = pole(hz)
        h = h * (low + high * (1 - low))
    bands = []
    for c in centres:
        band = np.linspace(c * 2 ** (-1 / 6), c * 2 ** (1 / 6), 60)
        bands.append(10 * np.log10(np.trapz(np.interp(band, f, abs(h) ** 2), band)))
    error = np.array(bands) + 5 * np.log2(centres / 1_000)
    return error - error.mean()


fit = least_squares(errors, [np.log(200), 0.3, np.log(1_000), 0.3, np.log(5_000), 0.3], x_scale=0.1).x
q31 = lambda hz: round((1 - np.exp(-2 * np.pi * hz / RATE)) * 2**31)
print(f"largest error {abs(errors(fit)).max():.3f} dB; brown {q31(40)}, air {q31(9_000)}")
for hz, high in shelves(fit):
    print(f"shelf {hz:.0f} Hz: {q31(hz)}, above it {20 * np.log10(high):.1f} dB: {round(high * 2**31)}")
