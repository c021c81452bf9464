"""Trains the judge: a small CNN that reads digits, and in whose features the Frechet distance is taken.

python3 training/judge.py --data FOLDER --out runs/judge
Trained on the first 50,000 training pictures; the last 10,000 are held apart for the Frechet distance of real digits.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import loop
from data import digest, mnist, pad32

HELD = 10_000  # training pictures that the judge never sees


@dataclass(frozen=True)
class JudgeConfig:
    """Shape of the judge; written as it stands into its manifest."""

    size: int = 32
    channels: int = 1
    widths: tuple[int, ...] = (24, 48, 96, 96)  # channels of conv1, conv2, ...
    pools: tuple[int, ...] = (1, 1, 0, 1)  # 1 where a 2x2 max pool follows
    features: int = 128  # width of the penultimate layer
    classes: int = 10

    def as_dict(self) -> dict:
        return asdict(self)


class Judge(nn.Module):
    """[conv3x3 same, ReLU, (max pool 2)] for each width, flatten (row, column, channel), dense + ReLU, dense to logits.

    `folded` has no batch norm: this is what ships.
    """

    def __init__(self, config: JudgeConfig, folded: bool = False) -> None:
        super().__init__()
        self.config = config
        fan_in, side = config.channels, config.size
        for index, (width, pool) in enumerate(zip(config.widths, config.pools), start=1):
            self.add_module(f"conv{index}", nn.Conv2d(fan_in, width, 3, padding=1))
            self.add_module(f"norm{index}", nn.Identity() if folded else nn.BatchNorm2d(width))
            fan_in, side = width, side // 2 if pool else side
        self.features = nn.Linear(side * side * fan_in, config.features)
        self.norm = nn.Identity() if folded else nn.BatchNorm1d(config.features)
        self.head = nn.Linear(config.features, config.classes)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Logits [n, classes] and features [n, features] of pictures [n, 1, 32, 32] in -1 to 1."""
        for index, pool in enumerate(self.config.pools, start=1):
            x = F.relu(self.get_submodule(f"norm{index}")(self.get_submodule(f"conv{index}")(x)))
            x = F.max_pool2d(x, 2) if pool else x
        flat = F.dropout(x.permute(0, 2, 3, 1).flatten(1), 0.3, self.training)
        features = F.relu(self.norm(self.features(flat)))
        return self.head(features), features


def folded(judge: Judge) -> Judge:
    """The same function with every batch norm folded into the layer before it."""
    plain = Judge(judge.config, folded=True)
    names = [(f"conv{i}", f"norm{i}") for i in range(1, len(judge.config.widths) + 1)] + [("features", "norm")]
    with torch.no_grad():
        for layer_name, norm_name in names:
            source, norm, target = judge.get_submodule(layer_name), judge.get_submodule(norm_name), plain.get_submodule(layer_name)
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            target.weight.copy_(source.weight * gain.reshape(-1, *[1] * (source.weight.dim() - 1)))
            target.bias.copy_((source.bias - norm.running_mean) * gain + norm.bias)
        plain.head.load_state_dict(judge.head.state_dict())
    return plain.eval()


def bend(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Turns (+-12 degrees), scales (+-10 %), slants, shifts (+-2 pixels) and bends pictures a little."""
    n, side = len(pictures), pictures.shape[-1]
    draw = lambda *shape: torch.rand(shape, generator=generator) * 2 - 1  # noqa: E731
    angle, scale, slant = draw(n) * (12 * math.pi / 180), 1 + 0.1 * draw(n), 0.15 * draw(n)
    cos, sin = angle.cos() * scale, angle.sin() * scale
    shift = draw(n, 2) * (4 / side)
    theta = torch.stack(
        [torch.stack([cos, slant - sin, shift[:, 0]], 1), torch.stack([sin, cos, shift[:, 1]], 1)], dim=1
    )
    grid = F.affine_grid(theta, (n, 1, side, side), align_corners=False)
    wave = F.interpolate(draw(n, 2, 5, 5) * 0.05, size=(side, side), mode="bicubic", align_corners=False)
    grid = grid + wave.permute(0, 2, 3, 1)
    return F.grid_sample(pictures + 1, grid, align_corners=False) - 1  # outside is black: 0 here, -1 after


def pictures(raw: np.ndarray) -> Tensor:
    """uint8 [n,28,28] to float [n,1,32,32] in -1 to 1."""
    return torch.from_numpy(pad32(raw)).float().div(127.5).sub(1)[:, None]


@torch.no_grad()
def read(judge: nn.Module, x: Tensor) -> tuple[Tensor, Tensor]:
    """Logits and features of many pictures, in float64 for statistics."""
    parts = [judge(part) for part in x.split(500)]
    return torch.cat([logits for logits, _ in parts]).double(), torch.cat([features for _, features in parts]).double()


def main() -> None:
    parser = loop.options(__doc__, minutes=11, batch=128, rate=2e-3, out="runs/judge")
    parser.add_argument("--data", default="data/mnist")
    parser.set_defaults(average=0.998, decay=0.01)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    data = mnist(args.data)
    count = len(data["x_train"]) - HELD
    x, y = pictures(data["x_train"][:count]), torch.from_numpy(data["y_train"][:count].astype(np.int64))
    x_test, y_test = pictures(data["x_test"]), torch.from_numpy(data["y_test"].astype(np.int64))
    config = JudgeConfig()
    module = Judge(config).to(memory_format=torch.channels_last).train()

    def loss(model: nn.Module, generator: torch.Generator) -> Tensor:
        rows = torch.randint(count, (args.batch,), generator=generator)
        batch = bend(x[rows], generator).contiguous(memory_format=torch.channels_last)
        return F.cross_entropy(model(batch.to(args.device))[0], y[rows].to(args.device))

    def tell(average: dict) -> str:
        measured = Judge(config)
        measured.load_state_dict(average)
        logits, _ = read(measured.eval(), x_test[:2000])
        return f"accuracy on 2,000 test pictures {(logits.argmax(1) == y_test[:2000]).double().mean():.4f}"

    told = {"config": config.as_dict(), "data": digest(data["x_train"][:count], data["y_train"][:count])}
    loop.train(module, loss, args, told, tell)


if __name__ == "__main__":
    main()
