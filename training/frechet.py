"""The Frechet distance of two sets of feature vectors, and what of the real side ships for it."""

from __future__ import annotations

import numpy as np


def moments(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean [d] and covariance [d,d] (divisor n - 1) of features [n,d], in float64."""
    features = features.astype(np.float64)
    return features.mean(0), np.cov(features, rowvar=False)


def root(covariance: np.ndarray) -> np.ndarray:
    """Symmetric square root; eigenvalues below 0 by rounding count as 0."""
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def distance(mean: np.ndarray, covariance: np.ndarray, real_mean: np.ndarray, real_root: np.ndarray) -> float:
    """|m - m'|^2 + tr(C) + tr(C') - 2 tr((R C R)^(1/2)), where R is the square root of the real covariance C'.

    The last trace is the sum of the square roots of the eigenvalues of one symmetric matrix.
    """
    values = np.linalg.eigvalsh(real_root @ covariance @ real_root).clip(0)
    apart = ((mean - real_mean) ** 2).sum()
    return float(apart + np.trace(covariance) + (real_root**2).sum() - 2 * np.sqrt(values).sum())


def real_distances(held: np.ndarray, real_mean: np.ndarray, real_root: np.ndarray, n: int) -> list[float]:
    """The distance of each disjoint run of n rows of `held` to the real statistics."""
    parts = [held[start : start + n] for start in range(0, len(held) - n + 1, n)]
    return [distance(*moments(part), real_mean, real_root) for part in parts]
