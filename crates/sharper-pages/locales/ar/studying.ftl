## Sets, and the way in and out
nav-cards = البطاقات
sets-title = بطاقاتك
sets-empty = لا بطاقات لديك بعد. اصنع بعضها من ملاحظاتك، أو أحضر مجموعة.
sets-due = { $count ->
    [0] لا شيء ينتظرك اليوم. يمكنك مع ذلك دراسة أي مجموعة.
    [one] بطاقة واحدة تنتظرك اليوم.
    [two] بطاقتان تنتظرانك اليوم.
    [few] { $count } بطاقات تنتظرك اليوم.
   *[other] { $count } بطاقة تنتظرك اليوم.
}
sets-study-all = ادرس المستحق
sets-study = ادرس
import-heading = أحضر مجموعة
import-lead = من Anki (‎.apkg) أو Quizlet أو جدول (‎.csv، ‎.tsv، ‎.txt) أو Markdown أو من Study Sharper آخر (‎.json). المجموعة نفسها مرة أخرى تحدّث بطاقاتك ولا تكررها أبدًا.
import-label = المجموعة
import-send = استورد
export-heading = خذها معك
export-apkg = Anki (‎.apkg)
export-csv = جدول (‎.csv)
export-tsv = Quizlet (‎.tsv)
export-md = Markdown (‎.md)
export-json = كل شيء (‎.json)
export-gift = Moodle GIFT (‎.txt)
export-moodle = Moodle (‎.xml)
export-qti = منصات التعلّم، QTI 2.1 (‎.zip)
export-ics = التقويم (‎.ics)

## Studying
study-all-heading = ما ينتظر اليوم
study-more = المزيد
study-wrong = بطاقة خاطئة
study-bury = ليس اليوم
study-suspend = لا تظهر أبدًا
study-flag = ضع علامة
study-unflag = أزل العلامة
study-edit-cloze = جملة بفراغات
study-edit-question = الوجه
study-edit-answer = الظهر
study-edit-keep = احفظ التغيير
study-nothing = لا شيء ينتظر هنا الآن.
study-all-the-same = ادرسها مع ذلك
study-next = تعود البطاقة التالية بعد { $when }.
interval-minutes = { $number } د
interval-hours = { $number } س
interval-days = { $number } ي
interval-months = { $number } شهر
interval-years = { $number } سنة

## Progress
nav-progress = التقدّم
progress-title = التقدّم
progress-empty = لم تدرس شيئًا بعد. اصنع بعض البطاقات وادرسها لترى هنا كيف تسير الأمور.
progress-streak = { $count ->
    [0] ادرس اليوم لتبدأ سلسلة جديدة.
    [one] يوم واحد على التوالي.
    [two] يومان على التوالي.
    [few] { $count } أيام على التوالي.
   *[other] { $count } يومًا على التوالي.
}
progress-minutes = { $count ->
    [one] دقيقة واحدة في آخر سبعة أيام.
    [two] دقيقتان في آخر سبعة أيام.
    [few] { $count } دقائق في آخر سبعة أيام.
   *[other] { $count } دقيقة في آخر سبعة أيام.
}
progress-exam-in = الامتحان بعد { $when }.
progress-ready = إن لم تدرس شيئًا حتى ذلك الحين فستتذكر { $recall } من بطاقاته (في تسع حالات من عشر بين { $low } و{ $high }).
progress-forecast = ما يعود في الأسبوعين القادمين
progress-table = كجدول
progress-day = اليوم
progress-days = أيام الدراسة
progress-days-studied = { $count ->
    [one] يوم واحد في آخر اثني عشر أسبوعًا.
    [two] يومان في آخر اثني عشر أسبوعًا.
    [few] { $count } أيام في آخر اثني عشر أسبوعًا.
   *[other] { $count } يومًا في آخر اثني عشر أسبوعًا.
}
progress-retention = ما تذكّرته وما كان متوقعًا
progress-retention-none = لم تعد أي بطاقة بعد يوم أو أكثر حتى الآن.
progress-between = الأيام بينها
progress-reviews = المراجعات
progress-predicted = المتوقع
progress-remembered = المتذكَّر
progress-topics = المواضيع، الأضعف أولًا
progress-topics-none = لا يُعرف شيء عن المواضيع بعد.
progress-practise = تدرّب على هذا

## A set
set-how = كيف تُتعلَّم
set-new-per-day = بطاقات جديدة في اليوم
set-write = اكتب بطاقة
set-both-ways = اسأل في الاتجاهين
set-write-keep = أضف البطاقة

## How one studies
settings-study = الدراسة
settings-study-heading = كيف تدرس
settings-study-kept = حُفظ. يسري من البطاقة التالية.
settings-study-wrong = أحد الاختيارات غير ممكن: انظر إلى الحقل المعلّم. لم يتغير شيء.
settings-study-retention = التذكّر (بالمئة)
settings-study-retention-hint = نسبة البطاقات التي تريد أن تعرفها حين تعود. الأكثر يعني مراجعات أكثر: 90 تناسب معظم الناس.
settings-study-new = بطاقات جديدة في اليوم
settings-study-reviews = مراجعات في اليوم
settings-study-longest = أطول وقت بين مراجعتين (أيام)
settings-study-leech = إذا نُسيت هذا العدد من المرات عُدّت البطاقة عنيدة (0: أبدا)
settings-study-day = الساعة التي يبدأ فيها يومك
settings-study-steps = خطوات البطاقة الجديدة (دقائق)
settings-study-again = خطوات البطاقة المنسية (دقائق)
settings-study-steps-hint = دقائق بينها مسافة، مثل 1 10. دونها تعود البطاقة في يوم آخر.
settings-study-siblings = تأجيل بطاقات الملاحظة نفسها إلى الغد
settings-study-leech-stop = إيقاف البطاقات العنيدة
settings-study-fit = ذاكرتك أنت
settings-study-fit-do = لائمها الآن مع مراجعاتي
settings-study-fit-all = تتبع الفترات ذاكرة الناس عامة. ابتداء من { $count } مراجعة في أيام لاحقة يمكن ملاءمتها مع ذاكرتك.
settings-study-fit-own = لوئمت الفترات مع { $count } من مراجعاتك.
settings-study-fitted = لوئمت ذاكرتك مع { $count } مراجعة.
settings-study-too-few = ليس بعد: يلزم { $count } مراجعة في أيام لاحقة. لم يتغير شيء.

## A plan as it is followed
plan-done = تم
plan-undone = لم يتم بعد
plan-done-of = تم { $count } من { $of } أيام
