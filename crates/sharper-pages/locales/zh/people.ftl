# 登录、注册、同意和设置的文字，简体中文。

## Around every page
nav-sign-in = 登录
nav-account = 你的账户
nav-operator = 运营者，没有账户
nav-settings = 设置
nav-admin = 管理
nav-sign-out = 退出登录

## Signing in
people-sign-in = 登录
people-sign-in-first = 请先登录。之后会带你去你想去的页面。
people-sign-in-do = 登录
people-sign-in-again = 重新登录
people-email = 电子邮箱
people-password = 密码
people-forgotten = 忘记密码？
people-register = 创建账户
people-have-account = 我已有账户
people-news-password = 新密码已生效。所有设备都已退出登录。
people-news-deleted = 你的账户及其中的一切都已删除。
people-operator = 运营者
people-operator-lead = 给运营这台服务器、但没有账户的人。
people-operator-token = 管理员令牌
people-operator-account = 用账户登录
people-signed-out = 你已退出登录
people-signed-out-do = 如果别人也用这台电脑，请把浏览器也关掉。

## Registering
people-register-lead = 你的笔记属于你的账户，别人看不到。
people-register-first = 这里还没有人。第一个账户将管理这台服务器。
people-register-do = 创建账户
people-password-hint = 至少 { $count } 个字符。几个连在一起的词容易记住，也难猜中。
people-under-13 = 我未满 13 岁
people-under-13-what = 那么需要父母或监护人先同意。我们会写信给他们；在他们答复之前，不保存你的任何笔记。
people-guardian-email = 父母或监护人的电子邮箱

## A forgotten password
people-forgotten-lead = 告诉我们你的邮箱。我们会发一个链接，用它设置新密码。
people-forgotten-do = 发送链接
people-forgotten-sent = 请查看邮箱
people-forgotten-sent-do = 如果这个邮箱有账户，链接已经发出。它只能用一次，{ $count } 分钟内有效。
people-forgotten-again = 再要一个链接
people-new-password = 新密码
people-new-password-lead = 保存后，你的所有设备都会退出登录。
people-new-password-do = 保存新密码

## A guardian's consent
people-waiting = 需要你的监护人先同意
people-waiting-do = 在此之前，这里什么也不能做，也不会保存笔记。
people-waiting-sent = 我们已写信给 { $guardian }。信里有一个链接，点一下就够了。
people-waiting-link = 链接在 { $count } 天内有效。
people-waiting-again = 再发一次信
people-news-letter = 信已再次发出。
people-waiting-allowed = 他们已同意：继续
people-consent-heading = 您的孩子可以在这里学习吗？
people-consent-lead = { $child } 想要一个 Study Sharper 账户，未满 13 岁，并把您列为父母或监护人。没有您的同意，就没有账户。
people-consent-kept = 保存什么
people-consent-kept-address = 电子邮箱，以及任何人都读不出来的密码。
people-consent-kept-notes = 您的孩子交给我们的笔记，以及由此制作的卡片、测验和计划。
people-consent-kept-answers = 每张卡片掌握得如何、何时答的，用来选择接下来学什么。
people-consent-for = 用来做什么
people-consent-for-what = 只用来把笔记做成学习材料，别无他用：没有广告，没有画像，不出售也不转交任何东西。
people-consent-model = 笔记会发送给 { $model } 处理。
people-consent-offline = 笔记不会离开这台服务器。
people-consent-rights = 您可以改变主意
people-consent-rights-what = 信中的链接随时都能再次打开本页。在那里撤回同意，账户及其中的一切会立即删除。
people-consent-yes = 是的，我同意
people-consent-no = 不，删除账户
people-consent-withdraw = 撤回同意并删除账户
people-consent-given = 谢谢
people-consent-given-do = { $child } 现在可以登录了。请保留这封信：信中的链接能再次打开本页。
people-consent-refused = 账户已删除
people-consent-refused-do = 这里不再保存您孩子的任何东西。不需要再做什么。
people-consent-unknown = 这个链接无效
people-consent-unknown-do = 它可能在信里被截断了：请完整复制。如果账户已被删除，就不需要再做什么。

## Why a form could not be taken
people-fault-sign-in = 没有账户使用这个邮箱和密码。请检查两者，或申请新密码。
people-fault-admin-token = 这不是管理员令牌。它写在服务器的设置里。
people-fault-address = 这不是电子邮箱地址。
people-fault-address-taken = 这个邮箱不能使用。如果它是你的，请登录，或申请新密码。
people-fault-password-short = 密码太短：至少 { $count } 个字符。
people-fault-password-long = 密码太长：最多 { $count } 个字符。
people-fault-password-common = 这是别人最先会试的密码之一。请换一个。
people-fault-password-wrong = 这不是你的密码。
people-fault-guardian-missing = 未满 13 岁需要父母或监护人的邮箱。
people-fault-guardian-same = 监护人的邮箱不能和你的一样。
people-fault-no-children = 这台服务器不给未满 13 岁的人开账户。
people-fault-closed = 目前不接受新用户。请询问运营这台服务器的人。
people-fault-link = 这个链接太旧，或已经用过。请再要一个。
people-fault-too-many = 尝试次数太多。请在 { $count } 分钟后再试。
people-fault-token-name = 请给令牌起一个 1 到 80 个字符的名字。
people-fault-tokens-full = 你的令牌已达上限。请先撤销一个。
people-fault-not-confirmed = 你输入的内容不一致。没有删除任何东西。

## Settings
settings-account = 账户
settings-devices = 设备
settings-tokens = 令牌
settings-privacy = 隐私
settings-save = 保存
settings-language = 语言
settings-language-label = 这些页面的语言
settings-language-browser = 浏览器的语言
settings-news-language = 页面现在使用你的语言。
settings-news-password = 新密码已生效。你的其他设备已退出登录。
settings-password = 密码
settings-password-now = 当前密码
settings-password-do = 更改密码
settings-devices-heading = 你登录的地方
settings-devices-lead = 有不认识的设备？让它退出，然后更改密码。
settings-device-unknown = 未知设备
settings-device-this = 本设备
settings-device-line = 上次使用 { $seen } · 登录于 { $since }
settings-device-end = 退出登录
settings-devices-end-others = 退出其他所有设备
settings-tokens-heading = 供你自己的脚本使用的令牌
settings-tokens-lead = 令牌不需要密码，就能对你的笔记做你能做的事。给每个脚本一个，用完就撤销。
settings-tokens-none = 你还没有。
settings-token-fresh = 请现在复制新令牌。它不会再显示。
settings-token-make = 创建令牌
settings-token-name = 它用来做什么？
settings-token-days = 有效期
settings-token-forever = 直到我撤销
settings-token-used = 上次使用 { $ago }
settings-token-unused = 尚未使用
settings-token-ends = 有效至 { $day }
settings-token-ended = 已过期
settings-token-no-end = 撤销前一直有效
settings-token-revoke = 撤销
settings-export = 带走一切
settings-export-what = 一个文件，包含你的全部笔记、卡片、测验、计划、对话和复习记录，人和程序都能读。
settings-export-do = 下载我的一切
settings-kept = 保存什么，保存多久
settings-kept-until-deleted = 直到你删除
settings-kept-material = 你的笔记、由此制作的内容和你的答案
settings-kept-events = 制作过程中的消息
settings-kept-executions = 每个代理做了什么，用于查找错误
settings-kept-sums = 按小时的合计，不涉及任何人的名字
settings-kept-sessions = 没有使用的设备
settings-kept-admin-log = 管理员做了什么
settings-delete = 删除我的账户
settings-delete-what = 你的笔记、由此制作的一切和你的账户会立即删除。无法撤销：请先下载一切。
settings-delete-confirm = 输入 { $confirm } 以确认
settings-delete-do = 立即删除一切
