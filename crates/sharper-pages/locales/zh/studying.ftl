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
