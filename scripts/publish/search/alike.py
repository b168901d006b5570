"""Words that readers type for words that the pages use; the search takes either, at a discount.

A group holds for every page: a word belongs here only if readers use it for the other wherever it
stands. What leads to one page alone is a line of ``asks`` in that page's front matter.
"""

from __future__ import annotations

from collections.abc import Callable

GROUPS = """
    picture photo image screenshot vision
    voice speech audio speak microphone
    mac macbook apple
    laptop notebook pc desktop
    gpu card
    website site webpage
    chart figure diagram graph plot
    illegal ban prohibited forbidden outlawed
    steal stolen theft copied distillation
    hack exploit jailbreak attack
    trick hijack injection fool
    cheap price cost affordable expensive dear
    fee charge price bill invoice
    mistake error wrong correction errata
    fake false rumor hoax untrue debunked
    staff employee engineer team
    chatgpt gpt openai
    mathematics math maths
    book document page contract
    balance credit money
    refund money
    europe eu european
    notify alert feed rss subscribe
    practice exercise homework quiz
    discount promotion rebate
    fast speed slow latency throughput
    memory ram vram
    noise chance luck significant meaningful
    sell commercial business
    government agency federal
    language german french spanish japanese korean russian arabic hindi
    company firm owner
    retired discontinued deprecated shutdown withdrawn sunset
    unstable stability spikes diverge
    outage down offline unavailable
    boss founder ceo chief
    electricity power energy watt
    setup configure install settings config
    buy purchase order
    reduce lower save
    graphics gpu
    sources references links
    night evening off-peak
    told notify alert
    bot chatbot assistant agent
    quick fast speed
    drawback downside disadvantage tradeoff
    poisoned malicious injection
    recording transcribe audio speech
    forget lose recall remember
    newspaper press media journalist
    rival competitor alternative
    maker vendor developer
    worker staff employee people
    paste upload send attach
    leak leaked rumor
    proof evidence proven
    contribute help join improve
"""
"""A line a group, each word of which stands for all others of its line."""

CHINESE = """
    价格 price cost | 涨价 increase raise | 降价 cut | 免费 free | 计费 billing | 折扣 discount
    高峰 peak | 缓存 cache | 命中 hit | 便宜 cheap price | 余额 balance | 退款 refund
    本地 local locally | 部署 run deploy host | 显卡 gpu | 显存 memory | 内存 memory | 速度 speed
    开源 open license | 许可 license | 下载 download | 权重 weights | 参数 parameters | 模型 model
    版本 version | 发布 release | 上线 launch | 预览 preview | 正式 official
    训练 training | 推理 inference reasoning | 微调 fine-tuning | 蒸馏 distillation | 注意 attention
    专家 experts | 架构 architecture | 上下 context | 长度 length | 量化 quantized | 精度 precision
    芯片 chip | 华为 huawei | 英伟 nvidia | 寒武 cambricon | 算力 compute | 出口 export
    管制 controls | 制裁 sanctions | 禁令 ban | 隐私 privacy | 安全 safety | 审查 censorship
    基准 benchmark | 评测 benchmark evaluation | 对比 against compare | 幻觉 hallucination
    编程 coding | 代码 code | 数学 math | 图片 image | 语音 speech | 引用 cite | 来源 source
"""
"""Chinese words of two signs, each with what the pages, which are in English, say for it."""


def alike(split: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """From each word, as the index has it, to those that are taken for it."""
    out: dict[str, dict[str, None]] = {}
    for line in filter(str.strip, GROUPS.splitlines()):
        words = split(line)
        for word in words:
            out.setdefault(word, {}).update({other: None for other in words if other != word})
    for entry in CHINESE.replace("\n", "|").split("|"):
        if words := split(entry):
            out.setdefault(words[0], {}).update(dict.fromkeys(words[1:]))
    return {word: list(others) for word, others in sorted(out.items())}
