"""Noise levels, shared by training, goldens and measurements: log-SNR, sigma, the cosine schedule and DDIM.

sigma ("level") is noise over signal: x = (clean + sigma * noise) / sqrt(1 + sigma^2), log-SNR = -2 ln sigma.
"""

from __future__ import annotations

import math
from typing import Callable

import numpy as np
import torch
from torch import Tensor

LOG_SNR = 10.0  # |log-SNR| a network ever sees; sigma from e^-5 to e^5
SIGMA_MIN, SIGMA_MAX = math.exp(-LOG_SNR / 2), math.exp(LOG_SNR / 2)


def cosine_sigmas(steps: int) -> np.ndarray:
    """steps + 1 levels at times 1, 1 - 1/steps, ..., 1/steps of the cosine schedule, then 0. float32."""
    time01 = 1 - np.arange(steps) / steps
    sigmas = np.tan((time01 + 0.008) / 1.008 * (math.pi / 2)).clip(0, SIGMA_MAX)
    sigmas[0] = SIGMA_MAX  # tan(pi/2) is not finite
    return np.append(sigmas.clip(SIGMA_MIN), 0.0).astype(np.float32)


def cosine_log_snr(time01: Tensor) -> Tensor:
    """log-SNR of the cosine schedule (Nichol and Dhariwal 2021), clipped to +-LOG_SNR."""
    angle = (time01 + 0.008) / 1.008 * (math.pi / 2)
    # Short of a right angle, where the tangent in float32 turns to minus infinity.
    return (-2 * torch.log(torch.tan(angle.clamp(1e-4, math.pi / 2 - 1e-4)))).clamp(-LOG_SNR, LOG_SNR)


def log_snr_of(sigma: float) -> float:
    return max(-LOG_SNR, min(LOG_SNR, -2 * math.log(max(sigma, 1e-9))))


def ddim(
    predict: Callable[[Tensor, Tensor], Tensor], noise: Tensor, sigmas: np.ndarray
) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """Deterministic DDIM (Song et al. 2020, eta = 0) for a v-prediction network; no clipping of the guess.

    `predict(x, log_snr)` takes x as the network does, at unit variance. Returns the final clean sample, the
    network inputs x, and the guesses of the clean sample, one of each a step.
    """
    inputs, guesses = [], []
    first = float(sigmas[0])
    x = noise * (first / math.sqrt(1 + first * first))
    clean = x
    for now, following in zip(sigmas[:-1].tolist(), sigmas[1:].tolist()):
        alpha, spread = 1 / math.sqrt(1 + now * now), now / math.sqrt(1 + now * now)
        v = predict(x, torch.full((len(x),), log_snr_of(now)))
        clean, error = alpha * x - spread * v, spread * x + alpha * v
        inputs.append(x)
        guesses.append(clean)
        x = (clean + following * error) / math.sqrt(1 + following * following)
    return clean, inputs, guesses
