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
