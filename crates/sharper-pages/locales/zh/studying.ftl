## Sets, and the way in and out
nav-cards = 卡片
sets-title = 你的卡片
sets-empty = 你还没有卡片。用笔记制作一些，或者导入一个牌组。
sets-due = { $count ->
    [0] 今天没有待复习的卡片，但你仍可学习任何一组。
   *[other] 今天有 { $count } 张卡片等着你。
}
sets-study-all = 学习到期的卡片
sets-study = 学习
import-heading = 导入牌组
import-lead = 来自 Anki（.apkg）、Quizlet 或表格（.csv、.tsv、.txt）、Markdown，或另一个 Study Sharper（.json）。再次导入同一牌组只会更新卡片，绝不会重复。
import-label = 牌组
import-send = 导入
export-heading = 导出
export-apkg = Anki（.apkg）
export-csv = 表格（.csv）
export-tsv = Quizlet（.tsv）
export-md = Markdown（.md）
export-json = 全部内容（.json）
export-gift = Moodle GIFT（.txt）
export-moodle = Moodle（.xml）
export-qti = 学习平台，QTI 2.1（.zip）
export-ics = 日历（.ics）

## Studying
study-all-heading = 今天等待的卡片
study-more = 更多
study-wrong = 卡片有误
study-bury = 今天不学
study-suspend = 不再出现
study-flag = 标记
study-unflag = 取消标记
study-edit-cloze = 带空格的句子
study-edit-question = 正面
study-edit-answer = 背面
study-edit-keep = 保存修改
study-nothing = 现在没有等待的卡片。
study-all-the-same = 仍然学习
study-next = 下一张卡片将在{ $when }后回来。
interval-minutes = { $number } 分钟
interval-hours = { $number } 小时
interval-days = { $number } 天
interval-months = { $number } 个月
interval-years = { $number } 年

## Progress
nav-progress = 进度
progress-title = 进度
progress-empty = 还没有学习记录。制作一些卡片并学习，这里就会显示进展。
progress-streak = { $count ->
    [0] 今天学习，就会开始新的连续记录。
   *[other] 连续 { $count } 天。
}
progress-minutes = 最近七天共 { $count } 分钟。
progress-exam-in = 考试在 { $when }后。
progress-ready = 如果到那时不再学习，你会记得其中 { $recall } 的卡片（十次中有九次在 { $low } 到 { $high } 之间）。
progress-forecast = 未来两周要复习的卡片
progress-table = 以表格显示
progress-day = 日期
progress-days = 学习的日子
progress-days-studied = 最近十二周有 { $count } 天。
progress-retention = 记住的与预测的
progress-retention-none = 还没有卡片在一天或更久之后再次出现。
progress-between = 间隔天数
progress-reviews = 复习次数
progress-predicted = 预测
progress-remembered = 记住
progress-topics = 主题（最弱的在前）
progress-topics-none = 还没有主题数据。
progress-practise = 练习这个

## A set
set-how = 如何学习
set-new-per-day = 每天新卡片数
set-write = 写一张卡片
set-both-ways = 双向提问
set-write-keep = 添加卡片

## How one studies
settings-study = 学习
settings-study-heading = 你如何学习
settings-study-kept = 已保存，从下一张卡片起生效。
settings-study-wrong = 有一项不能这样填：请看标出的栏目。没有任何更改。
settings-study-retention = 记住（百分比）
settings-study-retention-hint = 卡片再次出现时你希望记得的比例。越高，复习越多：90 适合大多数人。
settings-study-new = 每天新卡片
settings-study-reviews = 每天复习
settings-study-longest = 两次复习之间的最长时间（天）
settings-study-leech = 忘记这么多次后算作难记卡片（0：从不）
settings-study-day = 你的一天开始的钟点
settings-study-steps = 新卡片的步骤（分钟）
settings-study-again = 忘记的卡片的步骤（分钟）
settings-study-steps-hint = 以空格分开的分钟数，例如 1 10。留空：卡片改天再来。
settings-study-siblings = 把同一条目的其他卡片推迟到明天
settings-study-leech-stop = 暂停难记卡片
settings-study-fit = 你自己的记忆
settings-study-fit-do = 现在按我的复习调整
settings-study-fit-all = 间隔按一般人的记忆计算。有 { $count } 次隔日复习后，可以按你的记忆调整。
settings-study-fit-own = 间隔已按你的 { $count } 次复习调整。
settings-study-fitted = 你的记忆已按 { $count } 次复习调整。
settings-study-too-few = 还不行：需要 { $count } 次隔日复习。没有任何更改。

## A plan as it is followed
plan-done = 完成
plan-undone = 改为未完成
plan-done-of = 已完成 { $count } / { $of } 天
