"""The composing network: a GRU over frames, and a head that chooses one voice after another within a frame.

Logits of a voice are a table over absolute pitch plus tables over the interval to its own last pitch and to every other
voice: to what has been chosen for it in this frame, or else to what it last sang. Intervals are what transposition leaves
alone, so little data goes a long way.
"""
import torch
from torch import nn
from torch.nn import functional as F

from corpus import CONDITION_SIZE, PITCH_COUNT, SILENT, START, VOCABULARY

VOICES = 4
ORDER = [0, 3, 1, 2]  # S, B, A, T
REACH = 36  # widest interval told apart, semitones
INTERVALS = 2 * REACH + 1
PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


class Composer(nn.Module):
    def __init__(self, hidden=384, embedding=192, head=192, token_embedding=32, dropout=0.4, forget=0.12):
        super().__init__()
        self.hidden, self.head_size, self.forget = hidden, head, forget
        self.pitch = nn.Embedding(VOICES * (VOCABULARY + 1), embedding)
        self.interval = nn.Embedding(len(PAIRS) * (INTERVALS + 1), embedding)
        self.held = nn.Embedding(VOICES * 17, embedding)
        self.position = nn.Embedding(48, embedding)
        self.condition = nn.Linear(CONDITION_SIZE, embedding)
        self.gru = nn.GRU(embedding, hidden, num_layers=2, batch_first=True, dropout=dropout)
        self.to_head = nn.Linear(hidden + embedding, VOICES * head)
        self.token = nn.Embedding(VOCABULARY + 1, token_embedding)
        self.chosen = nn.Parameter(torch.randn(VOICES, VOICES * token_embedding, head) * 0.05)
        self.out = nn.Parameter(torch.randn(VOICES, head, VOCABULARY + VOICES * INTERVALS) * 0.03)
        self.out_bias = nn.Parameter(torch.zeros(VOICES, VOCABULARY + VOICES * INTERVALS))
        self.drop = nn.Dropout(dropout)
        self.drop_in = nn.Dropout(0.1)
        for table in (self.pitch, self.interval, self.held, self.position):
            nn.init.normal_(table.weight, std=0.1)

    def embed(self, prev, held, pos, cond):
        """prev, held [..., 4], pos [...], cond [..., C] -> [..., E]"""
        voices = torch.arange(VOICES)
        # In training some voices of some frames go unheard: without this the GRU learns 229 chorales by heart.
        heard = torch.ones(prev.shape)
        if self.training:
            heard = heard.bernoulli_(1 - self.forget)
        x = (self.pitch(prev + voices * (VOCABULARY + 1)) * heard.unsqueeze(-1)).sum(-2)
        x = x + (self.held(held + voices * 17) * heard.unsqueeze(-1)).sum(-2)
        x = x + self.position(pos) + self.condition(cond)
        indices, both = [], []
        for k, (a, b) in enumerate(PAIRS):
            pa, pb = prev[..., a], prev[..., b]
            interval = (pa - pb).clamp(-REACH, REACH) + REACH
            silent = (pa >= SILENT) | (pb >= SILENT)
            indices.append(torch.where(silent, torch.full_like(interval, INTERVALS), interval) + k * (INTERVALS + 1))
            both.append(heard[..., a] * heard[..., b])
        return x + (self.interval(torch.stack(indices, -1)) * torch.stack(both, -1).unsqueeze(-1)).sum(-2)

    def trunk(self, prev, held, pos, cond, state=None):
        """One or many frames: [B, T, 4] ... -> head inputs [B, T, 4, D] and the state [2, B, H]."""
        x = self.embed(prev, held, pos, cond)
        y, state = self.gru(self.drop_in(x), state)
        heads = self.to_head(torch.cat([self.drop(y), x], -1))
        return heads.unflatten(-1, (VOICES, self.head_size)), state

    def voice_logits(self, head, voice, chosen, prev):
        """head [N, D] of this voice, chosen and prev [N, 4] (START where not chosen yet) -> logits [N, 73]."""
        told = self.token(chosen).flatten(1)
        h = self.drop(F.relu(head + told @ self.chosen[voice]))
        raw = h @ self.out[voice] + self.out_bias[voice]
        absolute, tables = raw[:, :VOCABULARY], raw[:, VOCABULARY:].unflatten(1, (VOICES, INTERVALS))
        refs = torch.where(chosen == START, prev, chosen)
        pitches = torch.arange(PITCH_COUNT)
        index = (pitches - refs.unsqueeze(-1)).clamp(-REACH, REACH) + REACH
        relative = torch.gather(tables, 2, index) * (refs < SILENT).unsqueeze(-1)
        return torch.cat([absolute[:, :PITCH_COUNT] + relative.sum(1), absolute[:, PITCH_COUNT:]], 1)

    def losses(self, tokens, prev, held, pos, cond):
        """Negative log-likelihood of every voice and frame, [B, T, 4]; tokens, prev [B, T, 4]."""
        heads, _ = self.trunk(prev, held, pos, cond)
        size = tokens.shape[0] * tokens.shape[1]
        flat, before = tokens.reshape(size, VOICES), prev.reshape(size, VOICES)
        heads = heads.reshape(size, VOICES, -1)
        chosen = torch.full_like(flat, START)
        result = [None] * VOICES
        for voice in ORDER:
            logits = self.voice_logits(heads[:, voice], voice, chosen, before)
            result[voice] = F.cross_entropy(logits, flat[:, voice], reduction="none")
            chosen = chosen.clone()
            chosen[:, voice] = flat[:, voice]
        return torch.stack(result, -1).reshape(tokens.shape)
