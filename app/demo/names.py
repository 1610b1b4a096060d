"""Names and numbers that no one has: surnames of many readings, plain given names, phones of a block that is not given out."""

from __future__ import annotations

import random

RARE = "仇解查单区朴曾翟"
"""Surnames that are read otherwise than the same character elsewhere."""
COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE = (
    "建国",
    "志强",
    "永福",
    "国栋",
    "明亮",
    "文斌",
    "海涛",
    "立新",
    "德山",
    "长青",
    "振华",
    "晓峰",
    "全友",
    "保林",
    "学军",
    "宏伟",
    "金水",
    "春生",
    "家兴",
    "运来",
    "少杰",
    "云鹏",
    "世昌",
    "东升",
    "新民",
    "广林",
    "占奎",
    "天佑",
    "树德",
    "景文",
    "子轩",
    "浩",
    "磊",
    "鹏",
    "勇",
    "凯",
)
FEMALE = (
    "桂兰",
    "秀英",
    "丽华",
    "晓燕",
    "春梅",
    "玉珍",
    "红霞",
    "淑敏",
    "雪莲",
    "爱萍",
    "海燕",
    "慧芳",
    "彩云",
    "金凤",
    "文静",
    "玲",
    "倩",
    "敏",
    "晓红",
    "巧珍",
    "月娥",
    "新华",
    "雅琴",
    "小娟",
)
_PREFIXES = (
    "130",
    "131",
    "132",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "155",
    "158",
    "166",
    "176",
    "180",
    "186",
    "188",
    "189",
    "199",
)


def person(luck: random.Random, taken: set[str], female: bool, surname: str = "") -> str:
    """A name that nobody among `taken` has; it is taken then."""
    while True:
        name = (surname or luck.choice(COMMON)) + luck.choice(FEMALE if female else MALE)
        if name not in taken:
            taken.add(name)
            return name


def mobile(luck: random.Random) -> str:
    """A number of eleven digits in a block of zeros that no network gives out."""
    return f"{luck.choice(_PREFIXES)}0000{luck.randrange(10_000):04d}"


def landline(luck: random.Random) -> str:
    return f"0377-6900{luck.randrange(10_000):04d}"
