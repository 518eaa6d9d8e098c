# كلمات صفحات المشغّل، بالعربية.

## Units
unit-percent = { $n }%
unit-ms = { $n } مث
unit-s = { $n } ث
unit-min = { $n } د
unit-usd = { $n } دولار
unit-kb = { $n } ك.ب
unit-mb = { $n } م.ب
unit-gb = { $n } غ.ب
unit-below = أقل من { $n }

## Around every page
admin-now = الآن
admin-agents = الوكلاء
admin-errors = الأخطاء
admin-users = المستخدمون
admin-quality = الجودة
admin-alerts = التنبيهات
admin-settings = الإعدادات السارية
admin-log = السجل
admin-window = المدة
admin-window-hour = ساعة
admin-window-day = 24 ساعة
admin-window-week = 7 أيام
admin-window-month = 30 يومًا
admin-updated = حُدّث
admin-live-stop = إيقاف التحديث
admin-live-go = متابعة التحديث
admin-lost = انقطع الاتصال. ما تراه من قبل، وسيستأنف من تلقاء نفسه.
admin-search = بحث
admin-empty = لا شيء في هذه المدة.

## States
admin-state = الحالة
admin-state-good = ضمن الهدف
admin-state-near = قريب من الحد
admin-state-bad = خارج الهدف
admin-state-unknown = غير معروف بعد

## Now
admin-answer-good = كل شيء كما ينبغي.
admin-answer-quiet = لم يعمل شيء في هذه المدة.
admin-answer-off = خارج الهدف: { $what }.
admin-alerts-firing = { $count ->
    [one] تنبيه واحد قائم
    [two] تنبيهان قائمان
    [few] { $count } تنبيهات قائمة
   *[other] { $count } تنبيهًا قائمًا
}
admin-success = النجاح
admin-average = متوسط الزمن
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = نصفها خلال { $n }
admin-requests = الطلبات
admin-requests-under = فشل { $failed } · قيد العمل { $running } · ينتظر { $waiting }
admin-tokens = الرموز
admin-tokens-under = لكل النماذج
admin-cost = التكلفة
admin-budget = اليوم { $spent } من { $budget }
admin-budget-none = لم تُحدّد ميزانية
admin-target = الهدف
admin-target-is = الهدف: { $target }
admin-target-over = فوق { $n }
admin-target-under = تحت { $n }
admin-target-within = بفارق لا يتجاوز { $n }
admin-chart-requests = الطلبات
admin-chart-times = متوسط الزمن
admin-chart-most = { $n } على الأكثر
admin-chart-now = الآن

## The success measures
admin-measures = مقاييس النجاح
admin-measure = المقياس
admin-value = القيمة
admin-measure-logged = تسجيل التنفيذات
admin-target-logged = لا يضيع منها شيء
admin-value-logged = سُجّل { $recorded }، ضاع { $dropped }
admin-measure-sums = دقة المقاييس
admin-target-sums = مساوية لعدّ الصفوف
admin-value-sums = الفارق { $n }
admin-measure-limits = فعالية الحدود
admin-target-limits = مفعّلة ومعدودة
admin-value-refused = رُفض { $n }
admin-measure-success = نجاح الطلبات
admin-measure-average = متوسط زمن الطلبات
admin-measure-overhead = الزمن الذي تأخذه المراقبة
admin-measure-tokens = الرموز مقابل فاتورة النماذج
admin-value-tokens = سُجّل { $recorded }، فُوتر { $billed }
admin-value-no-model = لم يُسأل أي نموذج
admin-measure-errors = الأخطاء بسياقها الكامل
admin-target-errors = كلها
admin-value-errors = { $with } من { $all }

## Agents
admin-agents-lead = صف لكل وكيل عمل. الأهداف: نجاح فوق 95%، ومتوسط تحت 5 ث.
admin-agents-none = لم يعمل أي وكيل في هذه المدة.
admin-agent = الوكيل
admin-runs = المرات
admin-course = المسار

## Errors
admin-errors-lead = الأخطاء التي تقول الشيء نفسه مجموعة معًا.
admin-errors-none = لا أخطاء في هذه المدة.
admin-errors-search = رسالة أو وكيل
admin-errors-latest = الأحدث
admin-error = الخطأ
admin-error-facts = { $n } في هذه المدة · المستخدمون: { $users }
admin-count = العدد
admin-first = الأول
admin-last = الأخير
admin-when = متى
admin-request = الطلب
admin-user = المستخدم
admin-took = استغرق
admin-request-facts = الوكلاء: { $agents } · { $took } · الرموز: { $tokens }
admin-step-line = بعد { $after } · استغرق { $took } · الرموز: { $tokens }
admin-status-success = نجح
admin-status-failure = فشل
admin-status-timeout = انتهى الوقت
admin-input = ما أُعطي
admin-output = ما أجاب
admin-not-kept = لا يُحفظ ما دخل وما خرج، أو لم يعد يُحفظ.
admin-calls = نداءات النماذج
admin-calls-none = لم يُسأل أي نموذج.
admin-model = النموذج
admin-outcome = النتيجة
admin-call-cached = جواب محفوظ
admin-tokens-in = رموز داخلة
admin-tokens-out = رموز خارجة

## Users
admin-users-search = بريد إلكتروني أو معرّف مستخدم
admin-users-none = لا مستخدم كهذا.
admin-users-facts = يُعرض { $shown } من { $total }
admin-user-admin = مدير
admin-user-student = طالب
admin-user-waiting = ينتظر وليًّا
admin-user-closed = مغلق
admin-user-elsewhere = لا حساب هنا
admin-user-since = منذ { $day }
admin-user-seen = آخر ظهور { $ago }
admin-seen = آخر ظهور
admin-failed = الفاشلة
admin-made-today = صُنع اليوم
admin-tokens-today = رموز اليوم
admin-storage = التخزين
admin-limits = الاستعمال مقابل الحدود
admin-limit = البند
admin-used = المستعمل
admin-activity = النشاط
admin-activity-none = لم يُفعل له شيء في هذه المدة.

## Quality
admin-pass-line = اجتاز { $rate } من { $all } عنصرًا كل فحص.
admin-passing = ما اجتاز
admin-task = المهمة
admin-passed = اجتاز
admin-rejected = تُرك
admin-pass-rate = نسبة الاجتياز
admin-why = لماذا تُركت عناصر
admin-why-none = لم يُترك شيء في هذه المدة.
admin-feedback = الآراء
admin-feedback-none = لم يقل أحد شيئًا في هذه المدة.
admin-rated = التقييم
admin-rating = { $n } من 5
admin-ratings = { $count ->
    [one] تقييم واحد
    [two] تقييمان
    [few] { $count } تقييمات
   *[other] { $count } تقييمًا
}
admin-about = عن
admin-said = قال
admin-experiments = التجارب
admin-experiments-none = لا تجارب جارية.
admin-variants = الصيغ
admin-variant = الصيغة
admin-cost-each = تكلفة العنصر
admin-known = عُرف عند المراجعة
admin-reviews = { $count ->
    [one] مراجعة واحدة
    [two] مراجعتان
    [few] { $count } مراجعات
   *[other] { $count } مراجعة
}

## Alerts
admin-rules = القواعد
admin-rules-none = لم تُحدّد قواعد.
admin-rule = القاعدة
admin-since = منذ
admin-told = أُبلغ
admin-told-by = يُبلَّغ عبر: { $by }
admin-told-nobody = لا يُبلَّغ أحد: لم يُحدّد بريد ولا webhook. التنبيهات هنا وفي السجل.
admin-alert-quiet = كل شيء بخير
admin-alert-firing = قائم
admin-alert-began = بدأ
admin-alert-ended = انتهى
admin-history = ما جرى
admin-history-none = لم يقم أي تنبيه في هذه المدة.
admin-detail = التفاصيل

## Settings in force and log
admin-settings-lead = ما يعمل به هذا الخادم. الأسرار لا تُظهر إلا أنها محدّدة.
admin-secret-set = محدّد، لا يُعرض
admin-not-set = غير محدّد
admin-log-lead = ما فُعل بصلاحيات المدير.
admin-log-none = لم يُفعل شيء في هذه المدة.
admin-actor = من
admin-action = فعل
admin-answer = الجواب
