# The words of the pages, in simplified Chinese.

## Around every page
skip-to-content = 跳到正文
nav-label = 页面
nav-today = 今天
theme-switch = 切换浅色与深色
footer-version = Study Sharper { $version }
back-to-today = 回到今天
author-offline = 卡片由离线作者编写：不询问任何模型，你的笔记只留在这台服务器上。
author-model = 卡片由 { $model } 编写。每张都先与你的笔记核对，再给你看。
author-away = { $model } 暂时不可用。在它恢复之前，卡片由离线作者编写。
ago-now = 刚刚
ago-minutes = { $count } 分钟前
ago-hours = { $count } 小时前
ago-days = { $count } 天前

## Cards
cards-count = { $count } 张卡片
card-from = 出自你的笔记
difficulty-adaptive = 混合
difficulty-easy = 容易
difficulty-medium = 中等
difficulty-hard = 困难

## Today
today-title = 今天
today-heading = 把笔记变成卡片
today-lead = 每张卡片都引自你的笔记，核对之后才给你看。
today-notes-label = 拖入文件或粘贴笔记
today-notes-placeholder = 一页课堂笔记、一章课文、一串术语……
today-file-label = 选择文件
today-file-not-text = { $name } 不是文本文件。可以读取文本（.txt）和 Markdown（.md）。
today-words = 词数：{ $words }
today-count-label = 卡片数
today-count-other = 其他
today-count-other-label = 多少张卡片，1 到 200
today-difficulty-label = 难度
today-title-label = 标题（可不填）
today-make = 制作卡片
today-sending = 正在发送笔记……
today-offline = 你已离线。笔记留在框里，恢复连接后再发送。
today-first-heading = 怎么用
today-first-paste = 粘贴笔记，或拖入一个文件。
today-first-check = 卡片一张张出现，每张都带着它所依据的笔记原文。笔记不支持的内容会被舍去。
today-first-study = 马上学习，用拇指或键盘都行。
today-resume = 继续：
today-recent-heading = 从上次停下的地方继续
today-recent-progress = 已学 { $studied } / { $cards }
today-recent-cards = 全部卡片
today-samples-heading = 或者用样例试试

## Making
making-title = 正在制作卡片
making-heading = 来自“{ $title }”的卡片
making-steps-label = 进度
making-cards = 卡片
making-count = { $done } / { $requested } 张卡片
making-left-out = 舍去：{ $count }
making-waiting = 马上轮到你的笔记。
making-done = 完成。卡片已保存。
making-failed = 没能完成。
making-cancelled = 你停止了它。什么也没有保存。
making-cancel = 停止
making-study = 现在学习
making-set = 查看卡组
making-reconnecting = 连接暂时断开。工作仍在继续，本页会自动跟上。
making-refresh = 卡片做好之前，本页每两秒自动刷新。
step-analyse = 理解你的要求
step-gather = 阅读你的笔记
step-write = 编写卡片并逐张核对
step-safety = 再检查一遍是否合适
step-format = 排好次序
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
study-keys = 空格翻面，1 到 4 评分，U 撤销。
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
problem-not-found = 这里什么也没有
problem-not-found-do = 地址可能有误，或者内容已被删除。你的卡组都在“今天”页。
problem-too-large = 内容太大
problem-too-large-do = 请分次发送，一次一章：卡片也会更好。
problem-timeout = 笔记没有及时送达
problem-timeout-do = 连接可能较慢。请重试，或发送较小的一部分。
problem-conflict = 现在不能这样做
problem-conflict-do = 其间它已被更改或结束。请返回再看一看。
problem-forbidden = 不允许
problem-forbidden-do = 这属于别人，或者页面打开得太久了。请返回重试。
problem-limit = 一下子太多了
problem-limit-do = 设有限额，好让每个人都轮得到。你的内容都没有丢失。
problem-not-available = 此处不可用
problem-not-available-do = 这台服务器没有为此设置。卡片总是可用的。
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
problem-request-id = 请求编号
