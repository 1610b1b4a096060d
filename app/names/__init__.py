"""Names of people as the office needs them: readings for order and search, strokes for the order of official lists."""

from app.names.pinyin import SEARCH_KEYS_LENGTH, initials, pinyin_key, search_keys
from app.names.strokes import STROKE_KEY_LENGTH, stroke_key

__all__ = ["SEARCH_KEYS_LENGTH", "STROKE_KEY_LENGTH", "initials", "pinyin_key", "search_keys", "stroke_key"]
