"""The models whose efficiency is compared, V3.2 first: names and colors."""

from __future__ import annotations

BASELINE = "deepseek-v3-2"
MODELS = ("deepseek-v3-2", "v4-pro", "v4-flash")
SHORT = {"deepseek-v3-2": "V3.2", "v4-pro": "V4-Pro", "v4-flash": "V4-Flash"}
COLORS = {"V3.2": "c-v3-2", "V4-Pro": "c-v4-pro", "V4-Flash": "c-v4-flash"}
