# The words of the pages, in simplified Chinese.

## Around every page
skip-to-content = 跳到正文
nav-label = 页面
nav-today = 今天
theme-switch = 切换浅色与深色
footer-version = Study Sharper { $version }
back-to-today = 回到今天
author-offline = 这里由离线作者编写：不询问任何模型，你的笔记只留在这台服务器上。
author-model = 这里由 { $model } 编写。所有内容在你看到之前都会与你的笔记核对。
author-away = { $model } 暂时无法使用。在它恢复之前，由离线作者编写。
ago-now = 刚刚
ago-minutes = { $count } 分钟前
ago-hours = { $count } 小时前
ago-days = { $count } 天前

## Cards
cards-count = { $count } 张卡片
card-from = 出自你的笔记
card-verbatim = 逐字引自你的笔记
difficulty-adaptive = 混合
difficulty-easy = 容易
difficulty-medium = 中等
difficulty-hard = 困难

## Today
today-title = 今天
today-heading = 你的笔记要变成什么？
today-lead = 一切都引自你的笔记，并在你看到之前经过核对。
today-notes-label = 拖入文件或粘贴笔记
today-notes-placeholder = 一页课堂笔记、一章课文、一串术语……
today-file-label = 选择文件
today-words = 词数：{ $words }
today-count-label = 数量
today-count-other = 其他
today-count-other-label = 数量，1 到 200
today-difficulty-label = 难度
today-title-label = 标题（可不填）
today-make = { $kind ->
    [quiz] 制作测验
    [exam] 制作试卷
    [summary] 做摘要
    [analysis] 检查我的笔记
    [plan] 安排我的日子
    [chat] 提问
   *[cards] 制作卡片
}
today-sending = 正在发送笔记……
today-offline = 你已离线。笔记留在框里，恢复连接后再发送。
today-first-heading = 怎么用
today-first-paste = 粘贴笔记，或拖入一个文件。
today-first-check = 内容逐一出现，每一项都附有它所依据的笔记原文。笔记不支持的内容会被舍去。
today-first-study = 马上学习，用拇指或键盘都行。
today-resume = 继续：
today-recent-heading = 从上次停下的地方继续
today-recent-progress = 已学 { $studied } / { $cards }
today-recent-cards = 全部卡片
today-samples-heading = 或者用样例试试

## Making
making-title = 正在制作
making-heading = { $kind ->
    [quiz] 《{ $title }》的测验
    [exam] 《{ $title }》的试卷
    [summary] 《{ $title }》的摘要
    [analysis] 检查《{ $title }》
    [plan] 《{ $title }》的学习计划
    [chat] 向《{ $title }》提问
   *[cards] 《{ $title }》的卡片
}
making-steps-label = 进度
making-count = { $done } / { $requested }
making-left-out = 舍去：{ $count }
making-waiting = 马上轮到你的笔记。
making-done = 完成，已为你保存。
making-failed = 没能完成。
making-cancelled = 你停止了它。什么也没有保存。
making-cancel = 停止
making-set = 查看卡组
making-reconnecting = 连接暂时断开。工作仍在继续，本页会自动跟上。
making-refresh = 本页每两秒重新加载一次，直到全部完成。
step-analyse = 理解你的要求
step-gather = 阅读你的笔记
step-write = 编写并逐项核对
step-safety = 再检查一遍是否合适
step-format = 整理顺序
step-complete = 为你保存

## Why an item was left out
fault-missing-field = 缺少一部分
fault-too-long = 太长，不便学习
fault-answer-in-question = 问题里已经有答案
fault-repeated-option = 两个选项意思相同
fault-not-one-key = 不是恰好一个正确答案
fault-wrong-language = 与笔记的语言不同
fault-not-prose = 不是通顺的句子
fault-dangling-reference = 离开上下文就看不懂
fault-quote-not-found = 引文不在你的笔记里
fault-number-differs = 数字与笔记不符
fault-name-differs = 名称与笔记不符
fault-negation-differs = 与笔记说的相反
fault-unsupported = 你的笔记不支持
fault-duplicate = 与另一张重复
fault-already-known = 你已经有了
fault-unsafe = 不合适
fault-low-quality = 不够好
fault-low-accuracy = 不够准确

## Study
study-title = 学习 { $set }
study-progress = 进度
study-card = 卡片
study-left = 还剩 { $count } 张
study-show = 显示答案
study-keys = 空格翻面，1 到 4 评分，U 撤销，W 表示卡片有误，B 推迟。
study-grade-label = 你记得怎么样？
grade-again = 再来
grade-hard = 困难
grade-good = 不错
grade-easy = 容易
study-undo = 撤销
study-offline = 你已离线。评分保存在这台设备上，恢复连接后发送。
study-done-heading = 这次学完了
study-done-count = 学了 { $count } 张卡片。第一眼的记忆情况：
study-look-again = 值得再看一遍
study-all-known = 每一张你都记得。
study-once-more = 再学一遍
study-empty = 这个卡组没有卡片。

## A set
set-study = 学习这个卡组

## Problems
problem-empty-notes = 没有可用的笔记
problem-empty-notes-do = 请粘贴一些文字，或选择一个非空的文件。
problem-not-text = 这不是文本
problem-not-text-do = 可以读取文本（.txt）和 Markdown（.md）。其他文件请复制文字后粘贴。
problem-file = 无法读取此文件
problem-file-do = 请打开文件，重新保存后发送新的副本；或者复制其中的文字并粘贴。
problem-not-found = 这里什么也没有
problem-not-found-do = 地址可能有误，或者内容已被删除。你的卡组都在“今天”页。
problem-too-large = 内容太大
problem-too-large-do = 请分次发送，一次一章：卡片也会更好。
problem-timeout = 笔记没有及时送达
problem-timeout-do = 连接可能较慢。请重试，或发送较小的一部分。
problem-conflict = 现在不能这样做
problem-conflict-do = 其间它已被更改或结束。请返回再看一看。
problem-unauthorized = 请先登录
problem-unauthorized-do = 您尚未登录，或登录已失效。请登录后重试。
problem-forbidden = 不允许
problem-forbidden-do = 这属于别人，或者页面打开得太久了。请返回重试。
problem-limit = 一下子太多了
problem-limit-do = 设有限额，好让每个人都轮得到。你的内容都没有丢失。
problem-day = 今天的次数已用完
problem-day-do = 每人每天能发起的次数有限。请在午夜（UTC）之后再来；你已有的内容是安全的。
problem-notes-full = 你的笔记空间已满
problem-notes-full-do = 请删除不再需要的笔记，然后重试。你已有的内容是安全的。
problem-not-available = 此处不可用
problem-not-available-do = 这台服务器没有为此设置。
problem-nothing-to-make = 从这些笔记里做不出卡片
problem-nothing-to-make-do = 可能太短，或没有完整的句子。请补充后重试。
problem-cancelled = 已停止
problem-cancelled-do = 你停止了它。什么也没有保存。
problem-unavailable = 暂时不可用
problem-unavailable-do = 你的卡片是安全的。请一分钟后重试。
problem-storage-full = 没有空间了
problem-storage-full-do = 在服务器管理者腾出空间之前，不能保存新内容。已有的内容是安全的。
problem-request = 无法理解这个请求
problem-request-do = 有些栏目不对。请返回检查后再发送。
problem-internal = 我们这边出了问题
problem-internal-do = 已经记录下来。请重试；如果再次发生，请把下面的编号告诉服务器管理者。
problem-again-seconds = { $count } 秒后恢复。
problem-again-minutes = { $count } 分钟后恢复。
problem-again-hours = { $count } 小时后恢复。
problem-request-id = 请求编号

## Kinds of material
kind-name = { $kind ->
    [quiz] 测验
    [exam] 试卷
    [summary] 摘要
    [analysis] 笔记检查
    [plan] 学习计划
    [chat] 提问
   *[cards] 卡片
}
nav-tutor = 辅导
questions-count = { $count } 题
points-count = { $count } 个要点
findings-count = { $count } 项发现
days-count = { $count } 天
result-by-offline = 离线作者编写
result-by-model = 由 { $model } 编写
result-print = 打印
item-points = 分值：{ $count }
item-minutes = { $count } 分钟
item-term = 关键术语
topic-share = 占时间 { $count }%
importance-high = 核心
importance-medium = 重要
importance-low = 另有提及
question-multiple-choice = 选择题
question-true-false = 判断题
question-short-answer = 简答题
question-essay = 论述题
answer-true = 正确
answer-false = 错误
finding-strength = 解释得好
finding-gap = 缺失
finding-contradiction = 矛盾
finding-unclear = 不清楚
finding-next-step = 下一步

## Choosing what to make
today-type-label = 制作
today-options = 选项
today-minutes-label = 分钟
today-question-types-label = 题型
today-length-label = 长度
length-short = 短
length-medium = 中
length-long = 长
today-style-label = 形式
style-bullet-points = 要点
style-paragraph = 短文
style-outline = 提纲
today-exam-date-label = 考试日期（可选）
today-days-label = 天数
today-daily-minutes-label = 每天分钟数

## While it is made
making-items = 制作的内容
making-so-far = 目前：{ $count }
making-taken-back = 已撤回：{ $reason }
making-open = { $kind ->
    [quiz] 开始测验
    [exam] 查看试卷
    [summary] 阅读摘要
    [analysis] 查看发现
    [plan] 查看计划
    [chat] 前往对话
   *[cards] 现在学习
}
making-degraded = 模型无法使用，已由离线作者代替。

## A quiz and an exam
quiz-number = 第 { $count } 题
quiz-one = 逐题
quiz-all = 全部显示
quiz-your-answer = 你的答案
quiz-check = 检查
quiz-next = 下一题
quiz-answer = 答案
quiz-right = 正确。
quiz-wrong = 这次不对。
quiz-compare = 与下面的答案比较。你答对了吗？
quiz-had-it = 我答对了
quiz-missed-it = 我没答对
quiz-choose = 请先选择或写下答案。
quiz-also = 同样正确：{ $answers }
quiz-score = { $total } 分中得 { $got } 分
quiz-again = 练习答错的题
quiz-restart = 重新开始
exam-key = 参考答案
exam-rubric = 评分标准

## A summary and a plan
summary-terms = 关键术语
summary-facts = 字数：{ $words } · 阅读约 { $minutes } 分钟
plan-day = 第 { $count } 天
plan-topics = 主题
plan-mastery = 已掌握：{ $count }%
activity-learn = 学习
activity-review = 复习
activity-practise = 练习
activity-mock-exam = 模拟考试

## The tutor
tutor-title = 问问你的笔记
tutor-lead = 辅导只根据你的笔记回答，每句话都标明出处。
tutor-label = 你的问题
tutor-ask = 提问
tutor-no-question = 请先写下你的问题。
tutor-you = 你
tutor-tutor = 辅导
tutor-thinking = 正在阅读你的笔记……
tutor-citation = 显示出处 { $number }
tutor-not-in-notes = 你的笔记里没有这个问题的答案。
tutor-not-in-notes-do = 这里不会编造内容。请添加相关笔记，或询问笔记中已有的内容。
tutor-add-notes = 添加笔记
tutor-conversations = 对话
tutor-new = 新对话
tutor-none = 还没有。第一个问题会开始一段对话。

## Spending
problem-budget = 今天的预算已用完
problem-budget-do = 一天内可用于模型的费用已用完。请明天再试；你已有的内容是安全的。
