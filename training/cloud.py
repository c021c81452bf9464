"""Trains the particle cloud: an MLP that denoises single points in 3-D into the emblem of a room.

python3 training/cloud.py --out runs/cloud
python3 training/cloud.py --measure 4 --out runs/cloud    sliced Wasserstein distances of the checkpoint, 4 seeds
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import emblems
import levels
import loop

POOL = 400_000  # points of each emblem kept ready; one emblem is drawn anew every REFRESH steps
REFRESH = 100
POINTS = 128  # points that share one noise level and one shape in a training batch


@dataclass(frozen=True)
class CloudConfig:
    """Shape of the network; written as it stands into the model's manifest."""

    points: int = 3  # coordinates of a point
    waves: int = 48  # sine and cosine pairs of the position
    width: int = 128
    layers: int = 4  # residual layers
    embedding: int = 48  # width of the condition vector
    frequencies: int = 32  # sine and cosine pairs for log-SNR, as in the U-Net
    classes: int = len(emblems.EMBLEMS)

    def as_dict(self) -> dict:
        return asdict(self)


class Cloud(nn.Module):
    """v of points x [g,p,3] at unit variance; log-SNR [g] and shape [g] are shared by the p points of a group.

    All that depends on the condition alone (gain, scales, shifts) is the same for every point of a step.
    """

    def __init__(self, config: CloudConfig) -> None:
        super().__init__()
        self.config = config
        features = config.points + 2 * config.waves
        # Directions spread over the ball, wave numbers 1 to 2^4.5, geometric: coarse place first, then fine detail.
        generator = torch.Generator().manual_seed(3)
        axes = torch.randn(config.points, config.waves, generator=generator)
        axes = axes / axes.norm(dim=0) * torch.exp2(torch.linspace(0, 4.5, config.waves))
        self.waves = nn.Linear(config.points, config.waves, bias=False)
        self.waves.weight.data.copy_(axes.T)
        self.stem = nn.Linear(features, config.width)
        self.layers = nn.ModuleList(nn.Linear(config.width, config.width) for _ in range(config.layers))
        self.films = nn.ModuleList(nn.Linear(config.embedding, 2 * config.width) for _ in range(config.layers + 1))
        self.gain = nn.Linear(config.embedding, features)
        self.head = nn.Linear(config.width, config.points)
        self.level1 = nn.Linear(2 * config.frequencies, config.embedding)
        self.level2 = nn.Linear(config.embedding, config.embedding)
        self.label = nn.Embedding(config.classes, config.embedding)
        for linear in (*self.films, self.gain, self.head):
            nn.init.zeros_(linear.weight)
            nn.init.zeros_(linear.bias)

    def condition(self, log_snr: Tensor, label: Tensor) -> Tensor:
        """Condition vector [g, embedding]: the same features of log-SNR as in unet.py."""
        count = self.config.frequencies
        power = torch.arange(count, device=log_snr.device) * (5 / (count - 1))
        angle = (log_snr[:, None] / levels.LOG_SNR) * (torch.exp2(power) * (math.pi / 2))
        features = torch.cat([angle.sin(), angle.cos()], dim=1)
        return F.silu(self.level2(F.silu(self.level1(features))) + self.label(label))

    def forward(self, x: Tensor, log_snr: Tensor, label: Tensor) -> Tensor:
        condition = self.condition(log_snr, label)[:, None]
        angle = self.waves(x)
        h = self.stem(torch.cat([x, angle.sin(), angle.cos()], dim=-1) * (1 + self.gain(condition)))
        for index, film in enumerate(self.films):
            scale, shift = film(condition).chunk(2, dim=-1)
            active = F.silu(h * (1 + scale) + shift)
            h = h + self.layers[index](active) if index < len(self.layers) else self.head(active)
        return h


def sliced(a: Tensor, b: Tensor, generator: torch.Generator, directions: int = 256) -> float:
    """Sliced Wasserstein-1 distance of two clouds of equally many points: the mean, over random unit directions,
    of the mean absolute difference of the sorted projections."""
    axes = torch.randn(a.shape[1], directions, generator=generator)
    axes = axes / axes.norm(dim=0)
    return float(((a @ axes).sort(dim=0).values - (b @ axes).sort(dim=0).values).abs().mean())


def real(name: str, seed: int, n: int = 8192) -> Tensor:
    return torch.from_numpy(emblems.sample(name, np.random.default_rng([2026, seed]), n))


@torch.no_grad()
def generate(model: Cloud, shape: int, seed: int, n: int = 8192, steps: int = 50) -> Tensor:
    """n points by deterministic DDIM on the levels of the cosine schedule."""
    noise = torch.randn(n, 3, generator=torch.Generator().manual_seed(seed))
    label = torch.tensor([shape])
    return levels.ddim(lambda x, level: model(x[None], level[:1], label)[0], noise, levels.cosine_sigmas(steps))[0]


def measure(model: Cloud, seeds: int, steps: int = 50) -> dict[str, dict[str, float]]:
    """Sliced Wasserstein distances of each shape, generated and real, each the mean over `seeds` pairs."""
    found = {}
    for shape, name in enumerate(list(emblems.EMBLEMS)[: model.config.classes]):
        made, true = [], []
        for seed in range(seeds):
            generator = torch.Generator().manual_seed(seed)
            made.append(sliced(generate(model, shape, seed, steps=steps), real(name, 2 * seed), generator))
            true.append(sliced(real(name, 2 * seed + 1), real(name, 2 * seed), generator))
        made, true = sum(made) / seeds, sum(true) / seeds
        found[name] = {"generated": round(made, 5), "real": round(true, 5), "ratio": round(made / true, 3)}
    return found


def average_of(state: dict) -> Cloud:
    model = Cloud(CloudConfig(**state["config"]))
    model.load_state_dict(state["average"])
    return model.eval()


def main() -> None:
    parser = loop.options(__doc__, minutes=40, batch=8192, rate=3e-3, out="runs/cloud")
    parser.add_argument("--measure", type=int, metavar="SEEDS", help="measure the checkpoint instead of training")
    parser.add_argument("--steps", type=int, default=50, help="DDIM steps of --measure")
    parser.set_defaults(average=0.9995)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    if args.measure:
        state = torch.load(Path(args.out) / "resume.pt", map_location="cpu")
        for name, row in measure(average_of(state), args.measure, args.steps).items():
            print(name, row, flush=True)
        return
    config, names = CloudConfig(), list(emblems.EMBLEMS)
    rng = np.random.default_rng()
    pool = torch.stack([torch.from_numpy(emblems.sample(name, rng, POOL)) for name in names])
    groups, calls = args.batch // POINTS, 0

    def loss(model: nn.Module, generator: torch.Generator) -> Tensor:
        nonlocal calls
        calls += 1
        if calls % REFRESH == 0:
            shape = calls // REFRESH % len(names)
            pool[shape] = torch.from_numpy(emblems.sample(names[shape], rng, POOL))
        label = torch.randperm(groups, generator=generator) % len(names)
        strata = (torch.randperm(groups, generator=generator) + torch.rand(groups, generator=generator)) / groups
        log_snr = levels.cosine_log_snr(strata)
        alpha, sigma = (torch.sigmoid(sign * log_snr).sqrt()[:, None, None] for sign in (1, -1))
        rows = torch.randint(POOL, (groups, POINTS), generator=generator)
        clean = pool[label[:, None], rows]
        noise = torch.randn(clean.shape, generator=generator)
        x, v = alpha * clean + sigma * noise, alpha * noise - sigma * clean
        x, v, log_snr, label = (tensor.to(args.device) for tensor in (x, v, log_snr, label))
        return F.mse_loss(model(x, log_snr, label), v)

    loop.train(Cloud(config), loss, args, {"config": config.as_dict(), "data": "", "shapes": names})


if __name__ == "__main__":
    main()
