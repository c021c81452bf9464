"""The emblem of each room as a recipe for random points in 3-D: y up, facing +z, mean 0, mean variance 1.

`sample(name, rng, n)` draws n independent points of an emblem, float32 [n,3].
"""

from __future__ import annotations

from functools import lru_cache
from typing import Callable

import numpy as np

Rng = np.random.Generator
Recipe = Callable[[Rng, int], np.ndarray]


def along(a: tuple, b: tuple, radius: float) -> Recipe:
    """A solid round rod from a to b."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    axis = (b - a) / np.linalg.norm(b - a)
    one = np.cross(axis, [1.0, 0, 0] if abs(axis[0]) < 0.9 else [0, 1.0, 0])
    one /= np.linalg.norm(one)
    two = np.cross(axis, one)

    def draw(rng: Rng, n: int) -> np.ndarray:
        turn, out = rng.random((n, 1)) * 2 * np.pi, radius * np.sqrt(rng.random((n, 1)))
        return a + rng.random((n, 1)) * (b - a) + out * (np.cos(turn) * one + np.sin(turn) * two)

    return draw


def box(centre: tuple, half: tuple) -> Recipe:
    """A solid box."""
    return lambda rng, n: np.asarray(centre) + (rng.random((n, 3)) * 2 - 1) * np.asarray(half)


def ring(centre: tuple, radius: float, tube: float, begin: float = 0.0, end: float = 2 * np.pi) -> Recipe:
    """An arc of a solid torus in the x-y plane, from angle `begin` to `end`."""

    def draw(rng: Rng, n: int) -> np.ndarray:
        turn, around = begin + rng.random(n) * (end - begin), rng.random(n) * 2 * np.pi
        out = tube * np.sqrt(rng.random(n))
        away = radius + out * np.cos(around)
        return np.asarray(centre) + np.stack([away * np.cos(turn), away * np.sin(turn), out * np.sin(around)], 1)

    return draw


def mix(*parts: tuple[float, Recipe]) -> Recipe:
    """Each point comes from one of the parts, drawn with the given weights."""
    weights = np.array([weight for weight, _ in parts])

    def draw(rng: Rng, n: int) -> np.ndarray:
        counts = rng.multinomial(n, weights / weights.sum())
        points = np.concatenate([part(rng, int(count)) for count, (_, part) in zip(counts, parts)])
        return points[rng.permutation(n)]

    return draw


def turned(recipe: Recipe, about_x: float, about_y: float = 0.0) -> Recipe:
    """Turned by degrees, first about y, then about x (positive leans the top towards the viewer)."""
    (cx, sx), (cy, sy) = ((np.cos(a), np.sin(a)) for a in np.radians([about_x, about_y]))
    y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    return lambda rng, n: recipe(rng, n) @ (x @ y).T


def knot(rng: Rng, n: int) -> np.ndarray:
    """A trefoil: points in the wall of a tube along it, spread evenly over its length."""
    t = np.linspace(0, 2 * np.pi, 2001)
    speed = np.linalg.norm(np.diff(trefoil(t), axis=0), axis=1)
    t = np.interp(rng.random(n), np.append(0, speed.cumsum() / speed.sum()), t)
    tangent = trefoil(t + 1e-4) - trefoil(t - 1e-4)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    away = rng.standard_normal((n, 3))
    away -= (away * tangent).sum(1, keepdims=True) * tangent
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    return trefoil(t) + away * (0.42 + 0.06 * rng.random((n, 1)))


def trefoil(t: np.ndarray) -> np.ndarray:
    return np.stack([np.sin(t) + 2 * np.sin(2 * t), np.cos(t) - 2 * np.cos(2 * t), -1.2 * np.sin(3 * t)], 1)


def galaxy(rng: Rng, n: int) -> np.ndarray:
    """Two spiral arms, a bulge, and a thin disc of stray stars, in the x-z plane."""
    kind = rng.random(n)
    radius = 0.25 + 2.0 * rng.random(n) ** 0.8
    turn = 2.6 * np.log(radius / 0.25) + np.pi * rng.integers(0, 2, n) + rng.standard_normal(n) * 0.18
    stray = kind > 0.86
    turn[stray] = rng.random(stray.sum()) * 2 * np.pi
    points = np.stack([radius * np.cos(turn), rng.standard_normal(n) * 0.06, radius * np.sin(turn)], 1)
    bulge = kind < 0.16
    points[bulge] = rng.standard_normal((bulge.sum(), 3)) * [0.3, 0.22, 0.3]
    return points


def heart(rng: Rng, n: int) -> np.ndarray:
    """The sextic of Taubin (1994); fuller near its skin than inside."""
    found, have = [], 0
    while have < n:
        p = (rng.random((4 * n + 64, 3)) * 2 - 1) * [1.25, 1.25, 0.75] + [0, 0.1, 0]
        x, y, z = p.T
        value = (x * x + y * y + 2.25 * z * z - 1) ** 3 - (x * x + 0.1125 * z * z) * y**3
        kept = p[(value < 0) & ((value > -0.06) | (rng.random(len(p)) < 0.25))]
        found.append(kept)
        have += len(kept)
    return np.concatenate(found)[:n]


def pips(rng: Rng, n: int) -> np.ndarray:
    """The 21 dots of a die of half side 1, opposite faces adding to seven."""
    low, high = -0.5, 0.5
    corners = [(low, low), (high, high), (low, high), (high, low)]
    faces = {1: [(0, 0)], 2: corners[:2], 3: [(0, 0), *corners[:2]], 4: corners, 5: [(0, 0), *corners]}
    faces[6] = [*corners, (low, 0), (high, 0)]
    sides = {1: (2, 1), 6: (2, -1), 2: (0, 1), 5: (0, -1), 3: (1, 1), 4: (1, -1)}
    spots = np.array([(*spot, *sides[count]) for count, face in faces.items() for spot in face], float)
    spot = spots[rng.integers(0, len(spots), n)]
    turn, out = rng.random(n) * 2 * np.pi, 0.2 * np.sqrt(rng.random(n))
    flat = np.stack([spot[:, 0] + out * np.cos(turn), spot[:, 1] + out * np.sin(turn)], 1)
    depth = spot[:, 3] * (0.98 + 0.06 * rng.random(n))
    points = np.empty((n, 3))
    for axis in range(3):
        rows = spot[:, 2] == axis
        points[rows, axis] = depth[rows]
        points[np.ix_(rows, [a for a in range(3) if a != axis])] = flat[rows]
    return points


def cube_edges(half: float, radius: float) -> Recipe:
    rods = []
    for axis in range(3):
        for one in (-half, half):
            for two in (-half, half):
                a, b = np.insert([one, two], axis, -half), np.insert([one, two], axis, half)
                rods.append((1.0, along(a, b, radius)))
    return mix(*rods)


def star(rng: Rng, n: int) -> np.ndarray:
    """A four-pointed compass star, thick in its middle, its upright points longer than the level ones."""
    along_, across = rng.random(n), rng.random(n)
    fold = along_ + across > 1
    along_[fold], across[fold] = 1 - along_[fold], 1 - across[fold]
    sharp = rng.integers(0, 4, n)
    reach = np.where(sharp % 2 == 0, 1.9, 1.15)
    # Triangle (0,0), (reach,0), (notch,notch), mirrored: one eighth of the star.
    notch = 0.27
    x, y = reach * along_ + notch * across, notch * across * rng.choice([-1, 1], n)
    thick = 0.3 * (1 - along_) * (rng.random(n) * 2 - 1)
    turn = sharp * np.pi / 2
    return np.stack([-x * np.sin(turn) + y * np.cos(turn), x * np.cos(turn) + y * np.sin(turn), thick], 1)


def bowl(centre: tuple) -> Recipe:
    """A hanging scale pan: the lower cap of a thick sphere."""

    def draw(rng: Rng, n: int) -> np.ndarray:
        turn, height = rng.random(n) * 2 * np.pi, 0.62 + 0.38 * rng.random(n)
        out = np.sqrt(1 - height**2)
        shell = (0.85 + 0.06 * rng.random(n))[:, None]
        cap = np.stack([out * np.cos(turn), 0.62 - height, out * np.sin(turn)], 1)
        return np.asarray(centre) + shell * cap

    return draw


def balance() -> Recipe:
    parts = [(3.0, along((0, -1.7, 0), (0, 1.45, 0), 0.1)), (2.2, along((-1.7, 1.3, 0), (1.7, 1.3, 0), 0.09))]
    parts += [(2.2, along((0, -1.85, 0), (0, -1.7, 0), 0.75)), (0.5, lambda rng, n: ball(rng, n, (0, 1.6, 0), 0.18))]
    for side in (-1.6, 1.6):
        parts.append((3.0, bowl((side, -0.15, 0))))
        for turn in np.radians([90, 210, 330]):
            rim = (side + 0.66 * np.cos(turn), -0.15, 0.66 * np.sin(turn))
            parts.append((0.5, along((side, 1.3, 0), rim, 0.03)))
    return mix(*parts)


def ball(rng: Rng, n: int, centre: tuple, radius: float) -> np.ndarray:
    away = rng.standard_normal((n, 3))
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    return np.asarray(centre) + radius * np.cbrt(rng.random((n, 1))) * away


def letter_u() -> Recipe:
    """A U with two bridges between its arms: the network's shape."""

    def bend(rng: Rng, n: int) -> np.ndarray:
        turn, away = np.pi * (1 + rng.random(n)), np.sqrt(0.65**2 + rng.random(n) * (1.35**2 - 0.65**2))
        return np.stack([away * np.cos(turn), away * np.sin(turn) - 0.4, 0.35 * (rng.random(n) * 2 - 1)], 1)

    arms = [(2.1, box((side, 0.55, 0), (0.35, 0.95, 0.35))) for side in (-1.0, 1.0)]
    bridges = [(0.45, along((-0.65, height, 0), (0.65, height, 0), 0.12)) for height in (0.25, 1.1)]
    return mix(*arms, (3.0, bend), *bridges)


def chip() -> Recipe:
    """A processor: a slab, a raised die, and legs on four sides, in the x-z plane."""
    parts = [(5.0, box((0, 0, 0), (1.2, 0.12, 1.2))), (2.5, box((0, 0.3, 0), (0.55, 0.14, 0.55)))]
    for place in np.linspace(-0.95, 0.95, 5):
        for side in (-1, 1):
            parts.append((0.25, box((side * 1.45, -0.02, place), (0.25, 0.06, 0.1))))
            parts.append((0.25, box((place, -0.02, side * 1.45), (0.1, 0.06, 0.25))))
    return mix(*parts)


def compass() -> Recipe:
    ticks = [(0.2, box(at, (0.12, 0.12, 0.12))) for at in ((1.55, 0, 0), (-1.55, 0, 0), (0, 2.15, 0), (0, -2.15, 0))]
    return mix((4.0, ring((0, 0, 0), 1.55, 0.12)), (5.0, star), *ticks)


def wave() -> Recipe:
    """The bars of a recorded word."""
    heights = (0.3, 0.75, 1.25, 0.65, 1.7, 1.05, 1.4, 0.55, 0.25)
    return mix(*((h + 0.1, along((0.42 * (i - 4), -h, 0), (0.42 * (i - 4), h, 0), 0.14)) for i, h in enumerate(heights)))


DIE = mix((4.5, cube_edges(1.0, 0.08)), (4.0, pips), (1.5, box((0, 0, 0), (1, 1, 1))))

# One emblem a room of the museum; the order is the order of the shape vocabulary.
EMBLEMS: dict[str, Recipe] = {
    "welcome": knot,
    "noise": turned(galaxy, 50, 20),
    "unet": letter_u(),
    "training": heart,
    "sampling": turned(DIE, 28, 35),
    "guidance": turned(compass(), -12, 18),
    "voice": wave(),
    "rig": turned(chip(), 50, 30),
    "ethics": balance(),
}


@lru_cache(maxsize=None)
def frame(name: str) -> tuple[np.ndarray, float]:
    """Mean and size of an emblem, from one large draw that is always the same."""
    points = EMBLEMS[name](np.random.default_rng(7), 400_000)
    mean = points.mean(0)
    return mean, float(np.sqrt(((points - mean) ** 2).mean()))


def sample(name: str, rng: Rng, n: int) -> np.ndarray:
    mean, size = frame(name)
    return ((EMBLEMS[name](rng, n) - mean) / size).astype(np.float32)
