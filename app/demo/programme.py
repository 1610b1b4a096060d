"""What a station does in the course of a year, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One activity of the year's programme; `{p}` is a local product, `{v}` a village."""

    month: int
    type: str
    titles: tuple[str, ...]
    content: str
    form: str = "集中座谈"
    topic: str = "group_topic"
    organiser: str = "station"
    subject: str = ""
    law: str = ""
    everyone: bool = False


YEAR = (
    Theme(1, "meeting", ("新春代表座谈会", "年初代表工作碰头会"), "通报去年联络站工作，听取代表对今年安排的想法", topic="congress_topic"),
    Theme(
        1, "other", ("走访慰问困难家庭", "慰问高龄老人和退役军人"), "分三路入户慰问，了解过冬取暖和用药情况", "入户走访", "public_concern"
    ),
    Theme(
        2,
        "study",
        ("学习人代会精神", "节后第一课：学习新近会议精神"),
        "逐段研读会议文件，联系本地实际谈打算",
        subject="current_affairs",
        topic="congress_topic",
    ),
    Theme(
        2,
        "research",
        ("调研返乡人员就业意愿", "调研春耕备耕物资供应"),
        "走访农资门店和返乡人员，填写问卷八十余份",
        "实地察看",
        "public_concern",
    ),
    Theme(3, "policy", ("惠农补贴政策宣讲", "医保参保政策进村宣讲"), "发放明白纸，现场回答群众提问", "院坝宣讲"),
    Theme(
        2,
        "major_event",
        ("列席民生实事项目安排会", "列席年度重点工作部署会"),
        "听取项目来源、选址和资金安排",
        "列席会议",
        "congress_topic",
        "presidium",
    ),
    Theme(
        3,
        "inspection",
        ("视察春季植树和河道绿化", "视察高标准农田建设"),
        "察看三处现场，听取施工和监理单位说明",
        "实地察看",
        "county_topic",
    ),
    Theme(
        4,
        "inspection",
        ("视察{v}道路改造", "视察农村饮水管网"),
        "沿线察看施工质量，随机入户核对水压和水质",
        "实地察看",
        "suggestion_handling",
    ),
    Theme(
        4, "study", ("学习代表法和履职规范", "学习宪法有关内容"), "领学条文，两名代表结合案例发言", subject="rights_duties", everyone=True
    ),
    Theme(
        5,
        "enforcement",
        ("检查水污染防治法实施情况", "检查安全生产法实施情况"),
        "查看台账与现场，抽问一线人员",
        "分组检查",
        "county_topic",
        "county",
        law="{t}",
    ),
    Theme(
        4,
        "major_event",
        ("列席一季度安全生产会议", "列席集镇规划征求意见会"),
        "听取情况说明并发表意见",
        "列席会议",
        "public_concern",
        "presidium",
    ),
    Theme(5, "visit", ("代表集中走访留守老人", "代表进网格听民声"), "每名代表联系五户，记录诉求并当天汇总", "入户走访", "public_concern"),
    Theme(6, "exchange", ("代表履职经验交流会", "到邻近联络站交流学习"), "四名代表介绍联系群众的做法，现场提问"),
    Theme(6, "inspection", ("视察防汛物资和隐患点", "视察地质灾害避险点"), "查看物资仓库、预警设备和转移路线", "实地察看", "county_topic"),
    Theme(7, "visit", ("汛期代表走访低洼农户", "代表走访困难学生家庭"), "逐户核对避险明白卡和联系人", "入户走访", "public_concern"),
    Theme(
        7,
        "major_event",
        ("列席上半年经济运行分析会", "列席民生实事项目调度会"),
        "听取上半年工作和下步安排",
        "列席会议",
        "congress_topic",
        "presidium",
    ),
    Theme(8, "research", ("调研{p}产业发展", "调研农村养老服务"), "召开座谈会两场，走访经营主体九家", "专题座谈", "group_topic", "group"),
    Theme(8, "study", ("学习土地管理有关法律", "学习预算审查知识"), "邀请业务人员讲解，现场答疑", subject="professional"),
    Theme(9, "inspection", ("视察秋季开学和校园食堂", "视察集中供暖准备"), "察看后厨、宿舍与设备检修情况", "明察暗访", "public_concern"),
    Theme(9, "policy", ("反诈和禁毒宣讲", "殡葬改革政策宣讲"), "案例讲解，发放宣传册三百份", "集市宣讲"),
    Theme(
        10,
        "enforcement",
        ("检查食品安全法实施情况", "检查老年人权益保障法实施情况"),
        "检查小作坊、食堂和养老机构十二家",
        "分组检查",
        "county_topic",
        "county",
        law="{t}",
    ),
    Theme(
        10,
        "major_event",
        ("列席重点工程开工协调会", "列席年度财政收支情况说明会"),
        "听取项目用地、资金和工期安排",
        "列席会议",
        "congress_topic",
        "presidium",
    ),
    Theme(
        11,
        "training",
        ("代表履职能力培训班", "新任代表履职培训"),
        "讲授建议撰写、调研方法和议事规则",
        "集中授课",
        "county_topic",
        "county",
        subject="rights_duties",
    ),
    Theme(11, "visit", ("代表联系企业走访周", "代表走访秋粮收购点"), "走访市场主体，收集用工和融资诉求", "入户走访", "public_concern"),
    Theme(12, "exchange", ("小组工作交流会", "建议办理经验交流会"), "各小组汇报全年活动，评出三件好建议", organiser="group"),
    Theme(
        12,
        "meeting",
        ("年度工作总结会", "代表建议办理情况通报会"),
        "通报办理结果，征求明年工作意见",
        everyone=True,
        topic="suggestion_handling",
    ),
    Theme(
        12,
        "research",
        ("调研冬季供暖和用电保障", "调研乡村卫生室运行"),
        "察看变电台区和卫生室，走访群众三十户",
        "实地察看",
        "public_concern",
    ),
    Theme(
        12,
        "major_event",
        ("列席年度项目验收会", "列席下一年度预算草案说明会"),
        "听取验收和资金使用情况",
        "列席会议",
        "congress_topic",
        "presidium",
    ),
)
SPEAKERS = ("县委党校讲师 孟新华", "县人大常委会法工委 陆明亮", "县司法局 潘文静", "县农业农村局 田立新")
FINDINGS = (
    "总体进展较好，两处标识不清，一处路面积水。",
    "台账齐全，个别从业人员健康证明过期，已当场提醒更换。",
    "设备运行正常，备用电源未做定期试机。",
    "资金拨付及时，后期管护责任人尚未明确到户。",
    "群众反映水压早晚偏低，管网末端较明显。",
    "现场整洁，应急通道有杂物堆放。",
)
ADVICE = (
    "建议月底前补齐标识，雨季前完成排水沟清理。",
    "建议建立到期提醒，逐人登记换证时间。",
    "建议每月试机一次并张贴记录。",
    "建议把管护人员姓名和电话公示到村。",
    "建议分时段调压并公布维修电话。",
    "建议由村网格员每周巡查一次并留痕。",
)
TASKS = (
    "报送代表履职统计表",
    "组织代表参加问卷调查",
    "协助征集立法意见",
    "收集民生实事候选项目",
    "上报联络站阵地建设情况",
    "核对代表联系方式",
    "组织收看视频会议",
    "征求年度工作要点意见",
    "推荐优秀代表建议",
    "开展信访积案摸排配合工作",
    "报送档案管理自查情况",
    "组织代表参加旁听庭审",
)
HEADLINES = (
    "代表回家听民声 小事当天有回音",
    "一条断头路的三次会商",
    "联络站里的板凳会",
    "把议事桌搬到田间地头",
    "代表领着大家修水渠",
    "{v}的路灯亮了",
    "群众点题 代表跑腿",
    "{p}种植户的烦心事有人管",
    "从一条建议到一项实事",
    "接待日里说家常",
)
OUTLETS = {
    "newspaper": "临溪日报",
    "broadcast": "临溪县广播电视台",
    "website": "临溪人大网",
    "wechat": "“临溪人大”公众号",
    "board": "联络站公示栏",
}
READINGS = ("基层立法联系点工作资料", "代表建议写作参考", "民生实事票决制问答", "预算审查监督要点选编", "乡村治理案例汇编")
