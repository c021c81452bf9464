"""Records runs of Hugging Face diffusers' schedulers, which the museum's samplers are held against: tests/fixtures/schedulers.safetensors.

python3 training/schedulers.py    needs `pip install diffusers`

The denoiser is known exactly: two narrow hills of data at -1 and 1. All pictures are written as clean + sigma * noise.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
)
from torch import Tensor

import tensors

ROOT = Path(__file__).resolve().parent.parent
STEPS, VALUES = 20, 64
BETAS = {"num_train_timesteps": 1000, "beta_start": 1e-4, "beta_end": 0.02, "beta_schedule": "linear"}
SHAPE = (1, 1, 8, 8)


def guess(noisy: Tensor, sigma: float) -> Tensor:
    """The best guess of data with spread 0.2 around -1 and 1 (as tests/suites/samplers.ts)."""
    narrow, wide = 0.04, 0.04 + sigma * sigma
    return (narrow * noisy + sigma * sigma * torch.tanh(noisy / wide)) / wide


def start(sigma: float) -> Tensor:
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(7)) * sigma


def record(levels: list[float], steps: list[Tensor]) -> dict[str, np.ndarray]:
    return {
        "levels": np.array(levels, np.float32),
        "steps": torch.stack([step.reshape(VALUES) for step in steps]).numpy().astype(np.float32),
        "start": start(levels[0]).reshape(VALUES).numpy(),
    }


def ancestral(scheduler: DDPMScheduler | DDIMScheduler, eta: float | None) -> dict[str, np.ndarray]:
    """DDPM and DDIM keep pictures at unit variance; fresh noise is drawn from a generator of its own for each step."""
    scheduler.set_timesteps(STEPS)
    abar = scheduler.alphas_cumprod
    levels = [float(((1 - abar[t]) / abar[t]).sqrt()) for t in scheduler.timesteps] + [0.0]
    x = start(levels[0]) / (1 + levels[0] ** 2) ** 0.5
    steps, fresh = [], []
    for index, t in enumerate(scheduler.timesteps):
        sigma = levels[index]
        noisy = x * (1 + sigma * sigma) ** 0.5
        eps = (noisy - guess(noisy, sigma)) / sigma
        seed = torch.Generator().manual_seed(100 + index)
        fresh.append(torch.randn(SHAPE, generator=torch.Generator().manual_seed(100 + index)).reshape(VALUES))
        more = {} if eta is None else {"eta": eta}
        x = scheduler.step(eps, t, x, generator=seed, **more).prev_sample
        steps.append(x * (1 + levels[index + 1] ** 2) ** 0.5)
    return {**record(levels, steps), "fresh": torch.stack(fresh).numpy()}


def flowing(scheduler: EulerDiscreteScheduler | HeunDiscreteScheduler) -> dict[str, np.ndarray]:
    """Euler and Heun keep pictures as clean + sigma * noise; Heun is asked twice a step."""
    scheduler.set_timesteps(STEPS)
    order = scheduler.order
    sigmas = [float(sigma) for sigma in scheduler.sigmas]
    x, steps = start(sigmas[0]), []
    for index, t in enumerate(scheduler.timesteps):
        scheduler.scale_model_input(x, t)
        eps = (x - guess(x, sigmas[index])) / sigmas[index]
        x = scheduler.step(eps, t, x).prev_sample
        if order == 1 or index % 2 == 1 or index == len(scheduler.timesteps) - 1:
            steps.append(x)
    levels = sigmas if order == 1 else [sigmas[0], *sigmas[1:-1:2], 0.0]
    return record(levels, steps)


def multistep() -> dict[str, np.ndarray]:
    scheduler = DPMSolverMultistepScheduler(**BETAS, algorithm_type="dpmsolver++", solver_order=2, final_sigmas_type="zero")
    scheduler.set_timesteps(STEPS)
    levels = [float(sigma) for sigma in scheduler.sigmas]
    x = start(levels[0]) / (1 + levels[0] ** 2) ** 0.5
    steps = []
    for index, t in enumerate(scheduler.timesteps):
        sigma = levels[index]
        noisy = x * (1 + sigma * sigma) ** 0.5
        x = scheduler.step((noisy - guess(noisy, sigma)) / sigma, t, x).prev_sample
        steps.append(x * (1 + levels[index + 1] ** 2) ** 0.5)
    return record(levels, steps)


def main() -> None:
    spacing = {**BETAS, "timestep_spacing": "leading"}
    runs = {
        "ddpm": ancestral(DDPMScheduler(**spacing, clip_sample=False), None),
        "ddim": ancestral(DDIMScheduler(**spacing, clip_sample=False), 0.0),
        "ddim-half": ancestral(DDIMScheduler(**spacing, clip_sample=False), 0.5),
        "euler": flowing(EulerDiscreteScheduler(**BETAS)),
        "heun": flowing(HeunDiscreteScheduler(**BETAS)),
        "dpmpp2m": multistep(),
    }
    found = {f"{name}.{part}": array for name, run in runs.items() for part, array in run.items()}
    tensors.write(ROOT / "tests/fixtures/schedulers.safetensors", found)
    for name, run in runs.items():
        print(name, run["levels"][:2], run["levels"][-2:], run["steps"].shape)


if __name__ == "__main__":
    main()
