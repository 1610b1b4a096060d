"""The county of the demo: where its stations lie, what its villages and organs are called. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass

COUNTY = "临溪县"
COUNTY_ORGANS = (
    "县交通运输局",
    "县农业农村局",
    "县水利局",
    "县教育体育局",
    "县卫生健康委员会",
    "县民政局",
    "县自然资源局",
    "县住房和城乡建设局",
    "县人力资源和社会保障局",
    "县生态环境局",
    "县公安局",
    "县司法局",
    "县人民法院",
    "县信访局",
    "县供电公司",
    "县市场监督管理局",
)


@dataclass(frozen=True)
class Place:
    """One station's township or street."""

    name: str
    kind: str
    villages: tuple[str, ...]
    organs: tuple[str, ...]
    products: tuple[str, ...]
    fonds: str

    @property
    def street(self) -> bool:
        return self.kind == "street"

    @property
    def station(self) -> str:
        return f"{self.name}人大代表联络站"

    @property
    def board(self) -> str:
        """Who signs and supervises."""
        return f"{self.name}人大工委" if self.street else f"{self.name}人大主席团"

    @property
    def near(self) -> str:
        """The level of most deputies: a street has no congress of its own, so there it is the county's."""
        return "county" if self.street else "township"

    @property
    def far(self) -> str:
        return "city" if self.street else "county"


_OFFICES = (
    "党政办公室",
    "农业农村服务中心",
    "村镇建设服务中心",
    "社会事务办公室",
    "综合治理中心",
    "财政所",
    "自然资源所",
    "派出所",
    "卫生院",
    "中心学校",
    "供电所",
    "水利站",
)


def _organs(name: str) -> tuple[str, ...]:
    return tuple(name + office for office in _OFFICES)


PLACES = (
    Place(
        "柳河镇",
        "township",
        ("柳河村", "东岭村", "大石桥村", "前湾村", "后湾村", "枣林村", "梨树沟村", "双龙村", "白庙村", "黄土岗村"),
        _organs("柳河镇"),
        ("香菇", "猕猴桃", "中药材"),
        "0101",
    ),
    Place(
        "石门乡",
        "township",
        ("石门村", "上坪村", "下坪村", "青山村", "泉水村", "老庄村", "栗树坪村", "龙潭村", "寨沟村", "马蹄沟村"),
        _organs("石门乡"),
        ("茶叶", "核桃", "蜂蜜"),
        "0102",
    ),
    Place(
        "城关街道",
        "street",
        ("北关社区", "南关社区", "东街社区", "西街社区", "河滨社区", "新城社区", "文昌社区", "工业园社区", "莲花社区", "凤山社区"),
        _organs("城关街道"),
        ("夜市经济", "社区养老", "小微企业"),
        "0103",
    ),
)
