# The words of the library, of a note and of its editor, in Arabic.

## The library
nav-library = المكتبة
library-title = المكتبة
library-open = مكتبتك
library-search = ابحث في ملاحظاتك
library-search-do = بحث
library-searching = جارٍ البحث …
library-offline = أنت غير متصل. يعود البحث حين تعود.
library-results = النتائج
library-found = { $count ->
    [zero] لا ملاحظات
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $count } ملاحظات
    [many] { $count } ملاحظة
   *[other] { $count } ملاحظة
}
library-nothing-found = لا شيء في ملاحظاتك يناسب. جرّب كلمة أخرى أو كلمات أقل.
library-notes = الملاحظات
library-empty = لا شيء هنا بعد. أفلت ملفًا أو اختر واحدًا أو اكتب ملاحظتك الأولى.
library-more = تظهر هنا آخر الملاحظات تعديلًا فقط. البحث يجد البقية.
library-choose = اختيار
library-folder-empty = هذا المجلد فارغ.
library-folder-holds = { $count ->
    [zero] مجلد بلا ملاحظات
    [one] مجلد فيه ملاحظة واحدة
    [two] مجلد فيه ملاحظتان
    [few] مجلد فيه { $count } ملاحظات
    [many] مجلد فيه { $count } ملاحظة
   *[other] مجلد فيه { $count } ملاحظة
}
library-with-chosen = بما تم اختياره
library-move-to = نقل إلى
library-no-folder = بلا مجلد
library-move = نقل
library-new-name = الاسم الجديد
library-rename = إعادة تسمية
library-duplicate = نسخ
library-delete = حذف
library-thrown = هو الآن في سلة المهملات.
library-undo = تراجع
library-bin = سلة المهملات
library-bin-what = ما صُنع من ملاحظة يبقى مع اقتباساته.
library-bin-empty = سلة المهملات فارغة.
library-bin-clear = إفراغ السلة
library-restore = استعادة
library-erase = حذف نهائي
library-add = إضافة
library-drop = أفلت الملفات هنا أو اخترها.
library-files-kinds = ‏PDF وWord وشرائح وكتب وصفحات ويب وMarkdown ونصوص وصور صفحات.
library-files-most = بحد أقصى { $size } لكل ملف.
library-into = المجلد
library-upload = رفع
library-retry = أعد المحاولة
library-file-too-large = كبير جدًا: الحد الأقصى { $size }. أرسله على أجزاء.
library-file-sending = أُرسل { $share } %
library-file-reading = تجري القراءة …
library-file-ready = جاهز
library-file-known = لديك هذا الملف بالفعل
library-sent = الملفات المقروءة: { $added }. الملفات التي تعذرت قراءتها: { $refused }.
library-fault-empty = الملف فارغ.
library-fault-no-text = لا نص في هذا الملف.
library-fault-encrypted = الملف محمي بكلمة مرور. احفظ نسخة من دونها وأرسلها.
library-fault-damaged = الملف تالف أو غير كامل. افتحه واحفظه من جديد وأرسل النسخة الجديدة.
library-fault-scanned = صفحاته صور بلا نص. مرّره على التعرف على النص أو أرسل نسخة فيها نص.
library-fault-too-many-pages = صفحاته كثيرة جدًا. أرسله على أجزاء.
library-fault-too-much = فيه أكثر مما يمكن قراءته. أرسله على أجزاء.
library-fault-too-hard = استغرقت قراءته وقتًا طويلًا. احفظه ببرنامج آخر أو أرسله على أجزاء.
library-fault-unsupported = لا يمكن قراءة هذا النوع من الملفات. أرسل PDF أو مستندًا أو شرائح أو كتابًا أو صفحة ويب أو نصًا.
library-fault-no-transcription = لا يمكن تفريغ التسجيلات هنا.
library-file-lost = انقطع الاتصال. أعد المحاولة.
library-write = اكتب ملاحظة
library-new-folder = مجلد جديد
library-folder-name = اسم المجلد
library-inside = داخل
library-make-folder = أنشئ المجلد

## A note
note-page = ص { $label }
note-slide = شريحة { $label }
note-picture = صورة
note-gap = لا بطاقة بعد
note-version = الإصدار { $count }
note-origin = قُرئت من { $name }
note-saved = تم الحفظ.
note-old = هذا إصدار سابق.
note-newest = اعرض الأحدث
note-restore = استعد هذا الإصدار
note-passage-gone = لم يعد هذا المقطع في الملاحظة. كان نصه:
note-make = اصنع شيئًا من هذه الملاحظة
note-ask = اسأل عن هذه الملاحظة
note-made = صُنع من هذه الملاحظة
note-nothing-made = لا شيء بعد. اصنع بطاقات، وسيظهر هنا على أي كلمات تستند كل منها.
note-coverage = صُنع شيء من { $covered } من أصل { $blocks } مقطعًا.
note-stale = تغيّر المقطع
note-stale-count = { $count ->
    [zero] لا عناصر تستند إلى كلمات غيّرتها.
    [one] عنصر واحد يستند إلى كلمات غيّرتها.
    [two] عنصران يستندان إلى كلمات غيّرتها.
    [few] { $count } عناصر تستند إلى كلمات غيّرتها.
    [many] { $count } عنصرًا يستند إلى كلمات غيّرتها.
   *[other] { $count } عنصر يستند إلى كلمات غيّرتها.
}
note-remake = أعد الصنع
note-open = افتح
note-in-note = اعرض في الملاحظة
note-versions = الإصدارات

## The editor
editor-new = ملاحظة جديدة
editor-edit = تعديل
editor-back = العودة إلى الملاحظة
editor-title = العنوان
editor-text = النص (Markdown)
editor-mine = ما كتبته
editor-theirs = ما حُفظ في هذه الأثناء:
editor-conflict = عُدّلت هذه الملاحظة في مكان آخر وأنت تكتب.
editor-conflict-do = النصان أدناه. خذ ما تريد الاحتفاظ به ثم احفظ.
editor-preview = معاينة
editor-no-preview = ما تكتبه يظهر هنا كما سيبدو.
editor-save = حفظ
editor-discard = تجاهل ما حُفظ مؤقتًا
editor-offline = أنت غير متصل. ما كتبته محفوظ في هذا المتصفح؛ احفظه حين تعود.
editor-kept = ما كتبته سابقًا بقي محفوظًا وهو هنا من جديد.
library-gone = لم يعد هذا موجودًا
library-gone-do = حُذفت إحدى هذه الملاحظات أو المجلدات في هذه الأثناء. القائمة أدناه محدّثة.
library-misplaced = لا يمكن ترتيب المجلدات هكذا
library-misplaced-do = لا يمكن وضع مجلد داخل نفسه، ولا يمكن أن يحمل مجلدان في مكان واحد الاسم نفسه، والحد الأقصى 12 مستوى و1000 مجلد.
