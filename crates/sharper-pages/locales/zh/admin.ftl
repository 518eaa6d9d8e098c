# 运营者页面的文字，简体中文。

## Units
unit-percent = { $n }%
unit-ms = { $n } 毫秒
unit-s = { $n } 秒
unit-min = { $n } 分钟
unit-usd = { $n } 美元
unit-kb = { $n } kB
unit-mb = { $n } MB
unit-gb = { $n } GB
unit-below = 低于 { $n }

## Around every page
admin-now = 现在
admin-agents = 代理
admin-errors = 错误
admin-users = 用户
admin-quality = 质量
admin-alerts = 警报
admin-settings = 生效的设置
admin-log = 日志
admin-window = 时间范围
admin-window-hour = 1 小时
admin-window-day = 24 小时
admin-window-week = 7 天
admin-window-month = 30 天
admin-updated = 更新于
admin-live-stop = 停止更新
admin-live-go = 继续更新
admin-lost = 连接已断开。你看到的是之前的内容；它会自行恢复。
admin-search = 搜索
admin-empty = 这段时间内没有内容。

## States
admin-state = 状态
admin-state-good = 达标
admin-state-near = 接近上限
admin-state-bad = 未达标
admin-state-unknown = 尚不清楚

## Now
admin-answer-good = 一切正常。
admin-answer-quiet = 这段时间内没有运行任何东西。
admin-answer-off = 未达标：{ $what }。
admin-alerts-firing = { $count } 个警报正在触发
admin-success = 成功率
admin-average = 平均用时
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = 一半在 { $n } 内
admin-requests = 请求
admin-requests-under = { $failed } 个失败 · { $running } 个进行中 · { $waiting } 个等待
admin-tokens = 词元
admin-tokens-under = 所有模型合计
admin-cost = 费用
admin-budget = 今天 { $spent }，预算 { $budget }
admin-budget-none = 未设预算
admin-target = 目标
admin-target-is = 目标：{ $target }
admin-target-over = 高于 { $n }
admin-target-under = 低于 { $n }
admin-target-within = 误差在 { $n } 内
admin-chart-requests = 请求
admin-chart-times = 平均用时
admin-chart-most = 最多 { $n }
admin-chart-now = 现在

## The success measures
admin-measures = 成功指标
admin-measure = 指标
admin-value = 数值
admin-measure-logged = 执行的记录
admin-target-logged = 没有丢失
admin-value-logged = 已记录 { $recorded }，丢失 { $dropped }
admin-measure-sums = 统计的准确性
admin-target-sums = 与逐行计数相同
admin-value-sums = 相差 { $n }
admin-measure-limits = 限制的效力
admin-target-limits = 已开启并计数
admin-value-refused = 拒绝 { $n } 个
admin-measure-success = 请求的成功率
admin-measure-average = 请求的平均用时
admin-measure-overhead = 监控所占的时间
admin-measure-tokens = 词元与模型账单对照
admin-value-tokens = 已记录 { $recorded }，账单 { $billed }
admin-value-no-model = 没有询问模型
admin-measure-errors = 带完整背景的错误
admin-target-errors = 全部
admin-value-errors = { $all } 个中的 { $with } 个

## Agents
admin-agents-lead = 每个运行过的代理一行。目标：成功率高于 95%，平均低于 5 秒。
admin-agents-none = 这段时间内没有代理运行。
admin-agent = 代理
admin-runs = 次数
admin-course = 走势

## Errors
admin-errors-lead = 内容相同的错误放在一起。
admin-errors-none = 这段时间内没有错误。
admin-errors-search = 消息或代理
admin-errors-latest = 最近的
admin-error = 错误
admin-error-facts = 这段时间内 { $n } 个 · 用户：{ $users }
admin-count = 数量
admin-first = 首次
admin-last = 最近
admin-when = 时间
admin-request = 请求
admin-user = 用户
admin-took = 用时
admin-request-facts = 代理：{ $agents } · { $took } · 词元：{ $tokens }
admin-step-line = { $after } 后开始 · 用时 { $took } · 词元：{ $tokens }
admin-status-success = 成功
admin-status-failure = 失败
admin-status-timeout = 超时
admin-input = 它得到的
admin-output = 它的回答
admin-not-kept = 输入和输出没有保存，或不再保存。
admin-calls = 模型调用
admin-calls-none = 没有询问模型。
admin-model = 模型
admin-outcome = 结果
admin-call-cached = 已保存的回答
admin-tokens-in = 输入词元
admin-tokens-out = 输出词元

## Users
admin-users-search = 电子邮箱或用户编号
admin-users-none = 没有这样的用户。
admin-users-facts = 显示 { $shown } 个，共 { $total } 个
admin-user-admin = 管理员
admin-user-student = 学生
admin-user-waiting = 等待监护人
admin-user-closed = 已关闭
admin-user-elsewhere = 这里没有账户
admin-user-since = 自 { $day } 起
admin-user-seen = 上次出现 { $ago }
admin-seen = 上次出现
admin-failed = 失败
admin-made-today = 今日制作
admin-tokens-today = 今日词元
admin-storage = 存储
admin-limits = 用量与限制
admin-limit = 项目
admin-used = 已用
admin-activity = 活动
admin-activity-none = 这段时间内没有为此用户做任何事。

## Quality
admin-pass-line = { $all } 个条目中有 { $rate } 通过了所有检查。
admin-passing = 通过的内容
admin-task = 任务
admin-passed = 通过
admin-rejected = 舍弃
admin-pass-rate = 通过率
admin-why = 条目被舍弃的原因
admin-why-none = 这段时间内没有舍弃任何条目。
admin-feedback = 反馈
admin-feedback-none = 这段时间内没有人反馈。
admin-rated = 评分
admin-rating = { $n }（满分 5）
admin-ratings = { $count } 个评分
admin-about = 关于
admin-said = 内容
admin-experiments = 实验
admin-experiments-none = 没有正在进行的实验。
admin-variants = 变体
admin-variant = 变体
admin-cost-each = 每条费用
admin-known = 复习时记得
admin-reviews = { $count } 次复习

## Alerts
admin-rules = 规则
admin-rules-none = 没有设置规则。
admin-rule = 规则
admin-since = 起始
admin-told = 已通知
admin-told-by = 通知方式：{ $by }
admin-told-nobody = 不通知任何人：没有设置邮件或 webhook。警报只在这里和日志里。
admin-alert-quiet = 正常
admin-alert-firing = 触发中
admin-alert-began = 开始
admin-alert-ended = 结束
admin-history = 历史
admin-history-none = 这段时间内没有警报。
admin-detail = 详情

## Settings in force and log
admin-settings-lead = 这台服务器运行所用的设置。机密只显示是否已设置。
admin-secret-set = 已设置，不显示
admin-not-set = 未设置
admin-log-lead = 以管理员权限做过的事。
admin-log-none = 这段时间内没有记录。
admin-actor = 谁
admin-action = 做了
admin-answer = 应答
