"""The planner's eye: a timm model that turns a picture of a garment into four views of it.

The tower is the catalogue encoder's (EfficientNet-Lite2, tuned on garments). Its last map knows the
kind, its early layers know the pattern, and colours are counted from the pixels where the garment
is: each of the first three views carries one of these, the fourth carries all. A view also says
which one it is. The views lie on a 2 x 2 grid because that is what transformers' classes read as
image tokens. Importing this module registers the model with timm, by which ``TimmWrapperModel``
builds it.
"""

from typing import Any

import torch
from PIL.Image import Image
from torch import Tensor, nn
from torch.nn import functional

from fashionm3.torchvision_ops import declare_missing_ops

declare_missing_ops()
import timm  # noqa: E402
from timm.models import register_model  # noqa: E402

NAME = "fashionm3_eye"
TOWER = "tf_efficientnet_lite2"
SIDE = 260
"""Pixels a side that the tower looks at."""

GRID = 2
N_VIEWS = GRID * GRID
"""Views of a picture, each an image token in the planner's words: colour, pattern, kind, all."""

_EARLY_STAGES = 3
_MAP = 65  # side at which ground and colours are looked at, pixels
_BORDER = 2
_GROUND, _SOFTNESS = 8.0, 3.0  # CIELAB distance at which a pixel is as much garment as ground
_SPREAD = 0.36  # of the belief that the garment is in the middle, in sides
_NORM, _STRENGTH = 6, 0.5  # shades of gray at half strength, as `fashionm3.index.colour` has it
_PROTOTYPES = (
    (10, 0, 0), (25, 1, 1), (45, 0, 0), (65, 0, 0), (80, 0, 0), (96, 0, 0),
    (80, 4, 18), (68, 8, 26), (40, 12, 18), (28, 8, 12),
    (42, 58, 35), (30, 40, 20), (62, 48, 55), (85, 2, 75), (70, 12, 65),
    (45, -22, 22), (65, -35, 35), (35, -10, 14), (80, -25, 10),
    (40, 10, -45), (65, -8, -28), (50, -15, -20), (18, 6, -22), (25, 2, -12),
    (35, 35, -35), (60, 22, -28), (72, 28, 4), (55, 60, -5), (50, 30, 8), (62, 16, 12),
)  # fmt: skip
_SHARPNESS = 12.0  # CIELAB distance over which a pixel's colour name fades
_FAR = 8.0  # standard deviations beyond which a feature says nothing more
N_COLORS = len(_PROTOTYPES)
PARTS = (3 * N_COLORS, 240, 1280)
"""Measures of colour, of texture (mean and deviation of the early channels), and of kind."""

N_MEASURES = sum(PARTS)
N_FEATURES = N_MEASURES + N_VIEWS
_SHOWN = ((0,), (1, 2), (2,), (0, 1, 2))  # parts that each view carries


class Eye(nn.Module):
    """EfficientNet-Lite2 whose features are four views: colour, pattern, kind, and all of them.

    Pixels are expected with white at 0 (mean 1, standard deviation .5), so that padding is white.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tower: Any
        self.prototypes: Tensor
        self.mean: Tensor
        self.spread: Tensor
        tower: Any = timm.create_model(TOWER, pretrained=False, num_classes=0)
        self.tower = tower
        self.num_features = N_FEATURES
        self.register_buffer("mean", torch.zeros(N_MEASURES))
        self.register_buffer("spread", torch.ones(N_MEASURES))
        prototypes = torch.tensor(_PROTOTYPES, dtype=torch.float32)
        self.register_buffer("prototypes", prototypes, persistent=False)

    def init_non_persistent_buffers(self) -> None:
        """Fills what no checkpoint holds; transformers calls it after loading."""
        device = self.prototypes.device
        self.prototypes = torch.tensor(_PROTOTYPES, dtype=torch.float32, device=device)

    def forward_features(self, pixels: Tensor) -> Tensor:
        """Returns the views, ``(n, num_features, 2, 2)``.

        Args:
            pixels: ``(n, 3, 260, 260)``, white at 0.
        """
        return views(self.measures(pixels), self.mean, self.spread).to(pixels.dtype)

    def measures(self, pixels: Tensor) -> Tensor:
        """Returns what is measured of a picture, ``(n, N_MEASURES) float32``."""
        maps = self._maps(pixels + 1)
        rgb = functional.adaptive_avg_pool2d((pixels.float() / 2 + 1).clamp(0, 1), _MAP)
        weight = _garment(_lab(rgb))
        last = maps[-1].float()
        colors = self._colors(_lab(_balanced(rgb)), weight, _attention(last))
        texture = [part for early in maps[:-1] for part in _moments(early.float(), weight)]
        return torch.cat([colors, *texture, last.mean((2, 3))], 1)

    def forward_head(self, features: Tensor, pre_logits: bool = False) -> Tensor:
        """Returns the mean of the views, ``(n, num_features)``."""
        return features.mean((2, 3))

    def forward(self, pixels: Tensor) -> Tensor:
        """Returns the mean of the views, ``(n, num_features)``."""
        return self.forward_head(self.forward_features(pixels))

    def _maps(self, pixels: Tensor) -> list[Tensor]:
        """Returns the maps of the stem, of the early stages and the last one."""
        tower = self.tower
        found = [tower.bn1(tower.conv_stem(pixels))]
        x = found[0]
        for n, stage in enumerate(tower.blocks):
            x = stage(x)
            if n < _EARLY_STAGES:
                found.append(x)
        return [*found, tower.bn2(tower.conv_head(x))]

    def _colors(self, lab: Tensor, weight: Tensor, attention: Tensor) -> Tensor:
        """Counts colours where the garment may be, in three ways, ``(n, 3 * n_colors)``."""
        rows = lab.flatten(2).transpose(1, 2)
        distance = torch.cdist(rows, self.prototypes.to(rows).expand(len(rows), -1, -1))
        names = torch.softmax(-distance.square() / (2 * _SHARPNESS**2), dim=-1)
        counts = []
        for where in (weight, attention.square(), weight * attention):
            share = where.flatten(1).unsqueeze(2)
            counts.append((names * share).sum(1) / share.sum(1))
        return torch.cat(counts, 1).clamp(min=0).sqrt()


def views(measures: Tensor, mean: Tensor, spread: Tensor) -> Tensor:
    """Lays measures out as views, in standard deviations.

    Args:
        measures: ``(n, N_MEASURES)``.
        mean: Of each measure over the training pictures, ``(N_MEASURES,)``.
        spread: Standard deviation of the same.

    Returns:
        ``(n, N_FEATURES, 2, 2) float32``.
    """
    found = ((measures.float() - mean.float()) / spread.float()).clamp(-_FAR, _FAR)
    kept = torch.zeros(N_VIEWS, N_MEASURES, device=found.device)
    for view, parts in enumerate(_SHOWN):
        for part in parts:
            kept[view, sum(PARTS[:part]) : sum(PARTS[: part + 1])] = 1
    places = torch.eye(N_VIEWS, device=found.device).expand(len(found), -1, -1)
    laid = torch.cat([found[:, None] * kept, places], 2)
    return laid.transpose(1, 2).reshape(len(found), N_FEATURES, GRID, GRID)


def _balanced(rgb: Tensor) -> Tensor:
    """Takes half of the light's colour out (shades of gray, Finlayson and Trezzi 2004)."""
    light = rgb.pow(_NORM).mean((2, 3), keepdim=True).pow(1 / _NORM) + 1e-6
    gain = (light.mean(1, keepdim=True) / light).pow(_STRENGTH)
    return (rgb * gain.clamp(0.9, 1.12)).clamp(0, 1)


def _lab(rgb: Tensor) -> Tensor:
    """Converts sRGB in 0..1 to CIELAB (D65), ``(n, 3, h, w)``."""
    linear = torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = torch.tensor(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
         [0.0193339, 0.1191920, 0.9503041]], device=rgb.device,
    )  # fmt: skip
    white = torch.tensor([0.95047, 1.0, 1.08883], device=rgb.device).view(1, 3, 1, 1)
    xyz = torch.einsum("ij,njhw->nihw", to_xyz, linear) / white
    f = torch.where(xyz > 0.008856, xyz.clamp(min=1e-6) ** (1 / 3), 7.787 * xyz + 16 / 116)
    x, y, z = f.unbind(1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], 1)


def _garment(lab: Tensor) -> Tensor:
    """Returns how much a pixel is garment: unlike the border, in the middle; ``(n, 1, h, w)``."""
    height, width = lab.shape[2:]
    ring = torch.ones(height, width, dtype=torch.bool, device=lab.device)
    ring[_BORDER:-_BORDER, _BORDER:-_BORDER] = False
    border = lab[:, :, ring]
    ground = border.median(dim=2).values[..., None, None]
    unlike = torch.sigmoid(((lab - ground).norm(dim=1, keepdim=True) - _GROUND) / _SOFTNESS)
    y = torch.linspace(-0.5, 0.5, height, device=lab.device)[:, None]
    x = torch.linspace(-0.5, 0.5, width, device=lab.device)[None, :]
    middle = torch.exp(-(x.square() + y.square()) / (2 * _SPREAD**2))
    return unlike * middle + 1e-3


def _attention(last: Tensor) -> Tensor:
    """Returns where the garment-tuned tower is active, 0..1, ``(n, 1, h, w)``."""
    active = last.clamp(min=0).mean(1, keepdim=True)
    active = active / active.amax((2, 3), keepdim=True).clamp(min=1e-6)
    return functional.interpolate(active, size=(_MAP, _MAP), mode="bilinear") + 1e-3


def _moments(maps: Tensor, weight: Tensor) -> list[Tensor]:
    """Returns weighted mean and deviation of each channel: what is there, and how it varies."""
    height, width = maps.shape[2:]
    weight = functional.adaptive_avg_pool2d(weight, (height, width))
    weight = weight / weight.sum((2, 3), keepdim=True)
    mean = (maps * weight).sum((2, 3))
    square = (maps.square() * weight).sum((2, 3))
    return [mean, (square - mean.square()).clamp(min=0).sqrt()]


def pixels_of(image: Image) -> Tensor:
    """Returns a picture as the eye expects it: padded to a white square, ``(3, 260, 260)``."""
    import numpy as np
    from PIL import Image as pillow

    rgb = image.convert("RGB")
    side = max(rgb.size)
    square = pillow.new("RGB", (side, side), "white")
    square.paste(rgb, ((side - rgb.width) // 2, (side - rgb.height) // 2))
    small = square.resize((SIDE, SIDE), pillow.Resampling.BICUBIC)
    values = torch.from_numpy(np.asarray(small, np.float32).copy())
    return (values.permute(2, 0, 1) / 255 - 1) / 0.5


@register_model
def fashionm3_eye(pretrained: bool = False, **options: Any) -> Eye:  # noqa: ANN401
    """Builds the eye for timm; weights come from a checkpoint."""
    return Eye()
