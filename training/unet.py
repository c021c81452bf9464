"""The U-Net of the museum: two encoder blocks, a bottleneck, two decoder blocks, two skip connections.

The TypeScript forward in src/engine/networks/unet.ts computes the same function from the exported weights.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class UNetConfig:
    """Shape of one U-Net; written as it stands into the model's manifest."""

    size: int = 32  # pixels a side of the picture
    channels: int = 1  # colours of the picture
    patch: int = 2  # the stem folds patch x patch pixels into channels (pixel unshuffle)
    widths: tuple[int, int, int] = (32, 64, 128)  # channels of level 1, level 2, bottleneck
    depths: tuple[int, int, int] = (2, 2, 2)  # residual units a block at level 1, level 2, bottleneck
    groups: int = 8  # groups of every GroupNorm
    embedding: int = 128  # width of the condition vector
    frequencies: int = 32  # sine and cosine pairs for log-SNR
    classes: int = 10  # one more row, the last, is the null class

    def as_dict(self) -> dict:
        return asdict(self)


class Unit(nn.Module):
    """Residual unit: norm, SiLU, conv, norm, FiLM by the condition, SiLU, conv, plus the input."""

    def __init__(self, fan_in: int, fan_out: int, config: UNetConfig) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(config.groups, fan_in)
        self.conv1 = nn.Conv2d(fan_in, fan_out, 3, padding=1)
        self.film = nn.Linear(config.embedding, 2 * fan_out)
        self.norm2 = nn.GroupNorm(config.groups, fan_out)
        self.conv2 = nn.Conv2d(fan_out, fan_out, 3, padding=1)
        self.shortcut = nn.Conv2d(fan_in, fan_out, 1) if fan_in != fan_out else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.film(condition)[:, :, None, None].chunk(2, dim=1)
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.conv2(F.silu(self.norm2(h) * (1 + scale) + shift))
        return self.shortcut(x) + h


class Block(nn.ModuleList):
    """Residual units in a row: what a visitor walks through as one block."""

    def __init__(self, fan_in: int, fan_out: int, depth: int, config: UNetConfig) -> None:
        super().__init__(Unit(fan_in if i == 0 else fan_out, fan_out, config) for i in range(depth))

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        for unit in self:
            x = unit(x, condition)
        return x


class UNet(nn.Module):
    """v-prediction network of (noisy picture at unit variance, log-SNR, class). Shapes: [n,c,s,s], [n], [n]."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        one, two, three = config.widths
        folded = config.channels * config.patch**2
        self.stem = nn.Conv2d(folded, one, 3, padding=1)
        self.encoder1 = Block(one, one, config.depths[0], config)
        self.encoder2 = Block(one, two, config.depths[1], config)
        self.bottleneck = Block(two, three, config.depths[2], config)
        self.decoder2 = Block(three + two, two, config.depths[1], config)
        self.decoder1 = Block(two + one, one, config.depths[0], config)
        self.norm = nn.GroupNorm(config.groups, one)
        self.head = nn.Conv2d(one, folded, 3, padding=1)
        self.level1 = nn.Linear(2 * config.frequencies, config.embedding)
        self.level2 = nn.Linear(config.embedding, config.embedding)
        self.label = nn.Embedding(config.classes + 1, config.embedding)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def condition(self, log_snr: Tensor, label: Tensor) -> Tensor:
        """Condition vector [n, embedding]; log_snr / 10 lies in about [-1, 1], frequencies pi/2 * 1..2^5, geometric."""
        count = self.config.frequencies
        power = torch.arange(count, device=log_snr.device) * (5 / (count - 1))
        angle = (log_snr[:, None] / 10) * (torch.exp2(power) * (math.pi / 2))
        features = torch.cat([angle.sin(), angle.cos()], dim=1)
        return F.silu(self.level2(F.silu(self.level1(features))) + self.label(label))

    def forward(self, x: Tensor, log_snr: Tensor, label: Tensor) -> Tensor:
        condition = self.condition(log_snr, label)
        h = self.stem(F.pixel_unshuffle(x, self.config.patch))
        skip1 = self.encoder1(h, condition)
        skip2 = self.encoder2(F.avg_pool2d(skip1, 2), condition)
        h = self.bottleneck(F.avg_pool2d(skip2, 2), condition)
        h = self.decoder2(torch.cat([F.interpolate(h, scale_factor=2.0, mode="nearest"), skip2], dim=1), condition)
        h = self.decoder1(torch.cat([F.interpolate(h, scale_factor=2.0, mode="nearest"), skip1], dim=1), condition)
        return F.pixel_shuffle(self.head(F.silu(self.norm(h))), self.config.patch)
