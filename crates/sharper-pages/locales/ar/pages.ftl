# The words of the pages, in Arabic.

## Around every page
skip-to-content = انتقل إلى المحتوى
nav-label = الصفحات
nav-today = اليوم
theme-switch = التبديل بين الفاتح والداكن
footer-version = Study Sharper { $version }
back-to-today = العودة إلى اليوم
author-offline = يكتب هنا الكاتبُ غير المتصل: لا يُسأل أي نموذج، وتبقى ملاحظاتك على هذا الخادم.
author-model = يكتب هنا { $model }. ويُقارن كل شيء بملاحظاتك قبل أن تراه.
author-away = { $model } غير متاح الآن. وحتى يعود، يكتب الكاتبُ غير المتصل.
ago-now = الآن
ago-minutes = { $count ->
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $count } دقائق
   *[other] قبل { $count } دقيقة
}
ago-hours = { $count ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $count } ساعات
   *[other] قبل { $count } ساعة
}
ago-days = { $count ->
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $count } أيام
   *[other] قبل { $count } يومًا
}

## Cards
cards-count = { $count ->
    [one] بطاقة واحدة
    [two] بطاقتان
    [few] { $count } بطاقات
   *[other] { $count } بطاقة
}
card-from = من ملاحظاتك
card-verbatim = حرفيًا من ملاحظاتك
difficulty-adaptive = متنوعة
difficulty-easy = سهلة
difficulty-medium = متوسطة
difficulty-hard = صعبة

## Today
today-title = اليوم
today-heading = ماذا تصير ملاحظاتك؟
today-lead = كل شيء مقتبس من ملاحظاتك، ومدقَّق قبل أن تراه.
today-notes-label = أفلت ملفًا أو ألصق ملاحظاتك
today-notes-placeholder = صفحة من محاضرة، أو فصل، أو قائمة مصطلحات…
today-file-label = اختر ملفات
today-words = الكلمات: { $words }
today-count-label = العدد
today-count-other = غير ذلك
today-count-other-label = العدد، من 1 إلى 200
today-difficulty-label = الصعوبة
today-title-label = العنوان (اختياري)
today-make = { $kind ->
    [quiz] اصنع اختبارًا قصيرًا
    [exam] اصنع امتحانًا
    [summary] لخّص
    [analysis] راجع ملاحظاتي
    [plan] خطّط أيامي
    [chat] اسأل
   *[cards] اصنع البطاقات
}
today-sending = جارٍ إرسال ملاحظاتك…
today-offline = أنت غير متصل. تبقى ملاحظاتك في المربع؛ أرسلها حين تعود.
today-first-heading = كيف يعمل
today-first-paste = ألصق ملاحظاتك أو أفلت ملفًا.
today-first-check = يظهر ما يُصنع جزءًا جزءًا، ومع كل جزء كلمات ملاحظاتك التي يستند إليها. وما لا تدعمه ملاحظاتك يُترك.
today-first-study = ادرسها حالًا، بالإبهام أو بلوحة المفاتيح.
today-resume = تابع:
today-recent-heading = تابع من حيث توقفت
today-recent-progress = دُرس { $studied } من { $cards }
today-recent-cards = كل البطاقات
today-samples-heading = أو جرّب بمثال

## Making
making-title = قيد الصنع
making-heading = { $kind ->
    [quiz] اختبار قصير في «{ $title }»
    [exam] امتحان في «{ $title }»
    [summary] ملخص «{ $title }»
    [analysis] مراجعة «{ $title }»
    [plan] خطة لـ«{ $title }»
    [chat] سؤال عن «{ $title }»
   *[cards] بطاقات من «{ $title }»
}
making-steps-label = التقدم
making-count = { $done } من { $requested }
making-left-out = متروك: { $count }
making-waiting = ملاحظاتك هي التالية.
making-done = تم، وحُفظ لك.
making-failed = تعذّر إتمام هذا.
making-cancelled = لقد أوقفته. لم يُحفظ شيء.
making-cancel = إيقاف
making-set = عرض المجموعة
making-reconnecting = انقطع الاتصال لحظة. العمل مستمر، وستلحق هذه الصفحة به وحدها.
making-refresh = تعيد هذه الصفحة تحميل نفسها كل ثانيتين حتى يجهز كل شيء.
step-analyse = فهم ما طلبته
step-gather = قراءة ملاحظاتك
step-write = الكتابة وتدقيق كل جزء
step-safety = التأكد مرة أخرى من سلامة كل شيء
step-format = ترتيب ذلك
step-complete = حفظه لك

## Why an item was left out
fault-missing-field = نقص جزء منها
fault-too-long = كانت أطول من أن تُدرس
fault-answer-in-question = كشف السؤال الجواب
fault-repeated-option = خياران قالا الشيء نفسه
fault-not-one-key = لم يكن لها جواب صحيح واحد فقط
fault-wrong-language = لم تكن بلغة ملاحظاتك
fault-not-prose = لم تكن جملًا مقروءة
fault-dangling-reference = لا معنى لها دون الصفحة المحيطة
fault-quote-not-found = اقتباسها ليس في ملاحظاتك
fault-number-differs = اختلف رقم عن ملاحظاتك
fault-name-differs = اختلف اسم عن ملاحظاتك
fault-negation-differs = قالت عكس ملاحظاتك
fault-unsupported = لم تدعمها ملاحظاتك
fault-duplicate = كررت بطاقة أخرى
fault-already-known = لديك مثلها
fault-unsafe = لم تكن مناسبة
fault-low-quality = لم تكن جيدة بما يكفي
fault-low-accuracy = لم تكن دقيقة بما يكفي

## Study
study-title = دراسة { $set }
study-progress = التقدم
study-card = بطاقة
study-left = بقي { $count }
study-show = أظهر الجواب
study-keys = المسافة تقلب البطاقة، ‏1 إلى 4 للتقييم، U للتراجع، W لبطاقة خاطئة، B للتأجيل.
study-grade-label = كيف كانت معرفتك بها؟
grade-again = مجددًا
grade-hard = صعبة
grade-good = جيدة
grade-easy = سهلة
study-undo = تراجع
study-offline = أنت غير متصل. تبقى تقييماتك على هذا الجهاز وتُرسل حين تعود.
study-done-heading = انتهيت الآن
study-done-count = { $count ->
    [one] درست بطاقة واحدة. هكذا عرفتها من أول نظرة:
    [two] درست بطاقتين. هكذا عرفتهما من أول نظرة:
    [few] درست { $count } بطاقات. هكذا عرفتها من أول نظرة:
   *[other] درست { $count } بطاقة. هكذا عرفتها من أول نظرة:
}
study-look-again = تستحق نظرة أخرى
study-all-known = لقد عرفتها كلها.
study-once-more = ادرسها مرة أخرى
study-empty = لا بطاقات في هذه المجموعة.

## A set
set-study = ادرس هذه المجموعة

## Problems
problem-empty-notes = لا ملاحظات للعمل عليها
problem-empty-notes-do = ألصق نصًا، أو اختر ملفًا غير فارغ.
problem-not-text = هذا ليس نصًا
problem-not-text-do = يمكن قراءة النص (.txt) وماركداون (.md). انسخ النص من الملفات الأخرى وألصقه.
problem-file = لا يمكن قراءة هذا الملف
problem-file-do = افتحه واحفظه من جديد وأرسل النسخة الجديدة، أو انسخ نصه والصقه.
problem-not-found = لا شيء هنا
problem-not-found-do = ربما كُتب العنوان خطأ، أو حُذف ما يشير إليه. كل مجموعاتك في صفحة اليوم.
problem-too-large = هذا كبير جدًا
problem-too-large-do = أرسله على أجزاء، فصلًا بعد فصل: وتتحسن البطاقات أيضًا.
problem-timeout = لم تصل ملاحظاتك في الوقت المحدد
problem-timeout-do = ربما كان الاتصال بطيئًا. حاول مجددًا، أو أرسل جزءًا أصغر.
problem-conflict = لا يمكن فعل هذا الآن
problem-conflict-do = لقد تغيّر أو انتهى في هذه الأثناء. عد وانظر إليه من جديد.
problem-unauthorized = سجّل الدخول أولًا
problem-unauthorized-do = لم تسجّل الدخول، أو انتهت جلستك. سجّل الدخول وحاول مجددًا.
problem-forbidden = غير مسموح
problem-forbidden-do = هذا يخص شخصًا آخر، أو بقيت الصفحة مفتوحة طويلًا. عد وحاول مجددًا.
problem-limit = كان هذا كثيرًا دفعة واحدة
problem-limit-do = هناك حد كي يأخذ كلٌّ دوره. لم يضِع شيء مما لك.
problem-day = هذا كل شيء لليوم
problem-day-do = لكلٍّ عدد محدود من الطلبات في اليوم. عُد بعد منتصف الليل (UTC)؛ وما لديك في أمان.
problem-notes-full = امتلأ المكان المخصص لملاحظاتك
problem-notes-full-do = احذف ملاحظات لم تعد تحتاج إليها ثم حاول مجددًا. وما لديك في أمان.
problem-not-available = غير متاح هنا
problem-not-available-do = هذا الخادم غير مهيأ لذلك.
problem-nothing-to-make = لم يمكن صنع شيء من هذه الملاحظات
problem-nothing-to-make-do = ربما كانت قصيرة جدًا أو بلا جمل كاملة. أضف بعضها وحاول مجددًا.
problem-cancelled = أُوقف
problem-cancelled-do = لقد أوقفته. لم يُحفظ شيء.
problem-unavailable = غير متاح في هذه اللحظة
problem-unavailable-do = بطاقاتك في أمان. حاول مجددًا بعد دقيقة.
problem-storage-full = لم يبقَ مكان
problem-storage-full-do = لا يمكن حفظ جديد حتى يفسح مدير هذا الخادم مكانًا. وما لديك في أمان.
problem-request = تعذّر فهم هذا
problem-request-do = بعض الحقول غير صحيحة. عد وراجعها ثم أرسلها مجددًا.
problem-internal = حدث خطأ من جانبنا
problem-internal-do = لقد سُجّل. حاول مجددًا؛ وإن تكرر فاذكر الرقم أدناه لمدير هذا الخادم.
problem-again-seconds = { $count ->
    [one] يُفتح مجددًا بعد ثانية.
    [two] يُفتح مجددًا بعد ثانيتين.
    [few] يُفتح مجددًا بعد { $count } ثوانٍ.
   *[other] يُفتح مجددًا بعد { $count } ثانية.
}
problem-again-minutes = { $count ->
    [one] يُفتح مجددًا بعد دقيقة.
    [two] يُفتح مجددًا بعد دقيقتين.
    [few] يُفتح مجددًا بعد { $count } دقائق.
   *[other] يُفتح مجددًا بعد { $count } دقيقة.
}
problem-again-hours = { $count ->
    [one] يُفتح مجددًا بعد ساعة.
    [two] يُفتح مجددًا بعد ساعتين.
    [few] يُفتح مجددًا بعد { $count } ساعات.
   *[other] يُفتح مجددًا بعد { $count } ساعة.
}
problem-request-id = الطلب

## Kinds of material
kind-name = { $kind ->
    [quiz] اختبار قصير
    [exam] امتحان
    [summary] ملخص
    [analysis] مراجعة
    [plan] خطة دراسة
    [chat] سؤال
   *[cards] بطاقات
}
nav-tutor = المعلّم
questions-count = { $count ->
    [one] سؤال واحد
    [two] سؤالان
    [few] { $count } أسئلة
   *[other] { $count } سؤالًا
}
points-count = { $count ->
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $count } نقاط
   *[other] { $count } نقطة
}
findings-count = { $count ->
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $count } ملاحظات
   *[other] { $count } ملاحظة
}
days-count = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يومًا
}
result-by-offline = كتبه الكاتب غير المتصل
result-by-model = كتبه { $model }
result-print = طباعة
item-points = الدرجات: { $count }
item-minutes = { $count } د
item-term = مصطلح
topic-share = { $count }٪ من الوقت
importance-high = محوري
importance-medium = مهم
importance-low = ذُكر أيضًا
question-multiple-choice = اختيار من متعدد
question-true-false = صح أو خطأ
question-short-answer = إجابة قصيرة
question-essay = مقال
answer-true = صح
answer-false = خطأ
finding-strength = مشروح جيدًا
finding-gap = ناقص
finding-contradiction = تناقضات
finding-unclear = غير واضح
finding-next-step = الخطوة التالية

## Choosing what to make
today-type-label = اصنع
today-options = خيارات
today-minutes-label = الدقائق
today-question-types-label = أنواع الأسئلة
today-length-label = الطول
length-short = قصير
length-medium = متوسط
length-long = طويل
today-style-label = الشكل
style-bullet-points = نقاط
style-paragraph = نص متصل
style-outline = مخطط
today-exam-date-label = يوم الامتحان (اختياري)
today-days-label = الأيام
today-daily-minutes-label = دقائق في اليوم

## While it is made
making-items = ما صُنع
making-so-far = حتى الآن: { $count }
making-taken-back = سُحبت: { $reason }
making-open = { $kind ->
    [quiz] ابدأ الاختبار
    [exam] اعرض الامتحان
    [summary] اقرأ الملخص
    [analysis] اعرض النتائج
    [plan] اعرض الخطة
    [chat] إلى المحادثة
   *[cards] ادرسها الآن
}
making-degraded = تعذّر استعمال النموذج، فحلّ محله الكاتب غير المتصل.

## A quiz and an exam
quiz-number = السؤال { $count }
quiz-one = واحدًا واحدًا
quiz-all = كلها معًا
quiz-your-answer = إجابتك
quiz-check = تحقّق
quiz-next = التالي
quiz-answer = الجواب
quiz-right = صحيح.
quiz-wrong = ليس هذه المرة.
quiz-compare = قارن بالجواب أدناه. هل أصبت؟
quiz-had-it = أصبت
quiz-missed-it = لم أصب
quiz-choose = اختر جوابًا أو اكتبه أولًا.
quiz-also = صحيح أيضًا: { $answers }
quiz-score = { $got } من { $total } درجة
quiz-again = تدرّب على ما فاتك
quiz-restart = ابدأ من جديد
exam-key = مفتاح الإجابة
exam-rubric = ما يستحق الدرجات

## A summary and a plan
summary-terms = المصطلحات
summary-facts = الكلمات: { $words } · القراءة { $minutes } د
plan-day = اليوم { $count }
plan-topics = المواضيع
plan-mastery = المعروف: { $count }٪
activity-learn = تعلّم
activity-review = راجع
activity-practise = تدرّب
activity-mock-exam = امتحان تجريبي

## The tutor
tutor-title = اسأل ملاحظاتك
tutor-lead = يجيب المعلّم من ملاحظاتك وحدها، ويُظهر الموضع لكل قول.
tutor-label = سؤالك
tutor-ask = اسأل
tutor-no-question = اكتب سؤالك أولًا.
tutor-you = أنت
tutor-tutor = المعلّم
tutor-thinking = جارٍ قراءة ملاحظاتك…
tutor-citation = أظهر الموضع { $number }
tutor-not-in-notes = لا تحوي ملاحظاتك جوابًا عن هذا.
tutor-not-in-notes-do = لا يُختلق شيء هنا. أضف ملاحظة عنه، أو اسأل عما في ملاحظاتك.
tutor-add-notes = أضف ملاحظات
tutor-conversations = المحادثات
tutor-new = محادثة جديدة
tutor-none = لا شيء بعد. يبدأ أول سؤال واحدة.

## Spending
problem-budget = نفدت ميزانية اليوم
problem-budget-do = أُنفق ما يجوز إنفاقه على النماذج في اليوم. حاول غدًا؛ وما لديك في أمان.
