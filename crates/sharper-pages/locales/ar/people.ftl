# كلمات تسجيل الدخول والتسجيل والموافقة والإعدادات، بالعربية.

## Around every page
nav-sign-in = تسجيل الدخول
nav-account = حسابك
nav-operator = مشغّل بلا حساب
nav-settings = الإعدادات
nav-admin = الإدارة
nav-sign-out = تسجيل الخروج

## Signing in
people-sign-in = تسجيل الدخول
people-sign-in-first = سجّل الدخول أولًا، ثم تذهب إلى حيث أردت.
people-sign-in-do = دخول
people-sign-in-again = تسجيل الدخول من جديد
people-email = البريد الإلكتروني
people-password = كلمة المرور
people-forgotten = نسيت كلمة المرور؟
people-register = إنشاء حساب
people-have-account = لديّ حساب
people-news-password = كلمة المرور الجديدة سارية. سُجّل الخروج من كل الأجهزة.
people-news-deleted = حُذف حسابك وكل ما فيه.
people-operator = المشغّل
people-operator-lead = لمن يدير هذا الخادم وليس له حساب عليه.
people-operator-token = رمز المدير
people-operator-account = الدخول بحساب
people-signed-out = سُجّل خروجك
people-signed-out-do = على حاسوب يستعمله غيرك، أغلق المتصفح أيضًا.

## Registering
people-register-lead = ملاحظاتك تخصّ حسابك، ولا يراها أحد سواك.
people-register-first = لا أحد هنا بعد. الحساب الأول يدير هذا الخادم.
people-register-do = إنشاء الحساب
people-password-hint = { $count } أحرف على الأقل. بضع كلمات متتالية سهلة التذكر صعبة التخمين.
people-under-13 = عمري أقل من 13 سنة
people-under-13-what = إذن يجب أن يوافق أحد والديك أو وليّك أولًا. نكتب إليه، ولا نحفظ أي ملاحظات لك حتى يجيب.
people-guardian-email = البريد الإلكتروني لأحد الوالدين أو الوليّ

## A forgotten password
people-forgotten-lead = أخبرنا ببريدك. نرسل إليك رابطًا تختار به كلمة مرور جديدة.
people-forgotten-do = إرسال الرابط
people-forgotten-sent = انظر في بريدك
people-forgotten-sent-do = إن كان لهذا العنوان حساب، فالرابط في الطريق. يعمل مرة واحدة خلال { $count ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}.
people-forgotten-again = طلب رابط آخر
people-new-password = كلمة مرور جديدة
people-new-password-lead = عند الحفظ يُسجَّل الخروج من كل أجهزتك.
people-new-password-do = حفظ كلمة المرور الجديدة

## A guardian's consent
people-waiting = يجب أن يوافق وليّك أولًا
people-waiting-do = حتى ذلك الحين لا يمكن صنع شيء هنا، ولا تُحفظ ملاحظات.
people-waiting-sent = كتبنا إلى { $guardian }. في الرسالة رابط، ويكفي فتحه.
people-waiting-link = { $count ->
    [one] يعمل الرابط يومًا واحدًا.
    [two] يعمل الرابط يومين.
    [few] يعمل الرابط { $count } أيام.
   *[other] يعمل الرابط { $count } يومًا.
}
people-waiting-again = إرسال الرسالة مرة أخرى
people-news-letter = أُرسلت الرسالة مرة أخرى.
people-waiting-allowed = لقد وافق: متابعة
people-consent-heading = هل يجوز لطفلك أن يدرس هنا؟
people-consent-lead = يريد { $child } حسابًا في Study Sharper، وعمره أقل من 13 سنة، وسمّاك والدًا أو وليًّا. من دون موافقتك لا حساب.
people-consent-kept = ما يُحفظ
people-consent-kept-address = البريد الإلكتروني، وكلمة مرور لا يستطيع أحد قراءتها.
people-consent-kept-notes = الملاحظات التي يعطينا إياها طفلك، والبطاقات والاختبارات والخطط المصنوعة منها.
people-consent-kept-answers = مدى معرفة كل بطاقة ومتى، لاختيار ما يُدرس بعدها.
people-consent-for = لماذا
people-consent-for-what = لصنع مادة دراسية من الملاحظات، ولا شيء غير ذلك: لا إعلانات ولا ملفات شخصية، ولا يُباع شيء أو يُنقل إلى غيرنا.
people-consent-model = تُرسل الملاحظات إلى { $model } للعمل عليها.
people-consent-offline = لا تغادر الملاحظات هذا الخادم.
people-consent-rights = يمكنك تغيير رأيك
people-consent-rights-what = رابط رسالتك يفتح هذه الصفحة في أي وقت. اسحب موافقتك هناك، فيُحذف الحساب وكل ما فيه فورًا.
people-consent-yes = نعم، أسمح بذلك
people-consent-no = لا، احذف الحساب
people-consent-withdraw = سحب موافقتي وحذف الحساب
people-consent-given = شكرًا
people-consent-given-do = يستطيع { $child } الدخول الآن. احتفظ بالرسالة: رابطها يفتح هذه الصفحة من جديد.
people-consent-refused = حُذف الحساب
people-consent-refused-do = لم يعد يُحفظ هنا شيء لطفلك. لا يلزم فعل شيء آخر.
people-consent-unknown = هذا الرابط لا يعمل
people-consent-unknown-do = ربما قُطع في الرسالة: انسخه كاملًا. وإن حُذف الحساب في هذه الأثناء فلا يلزم فعل شيء.

## Why a form could not be taken
people-fault-sign-in = لا حساب بهذا العنوان وهذه الكلمة. راجعهما، أو اطلب كلمة مرور جديدة.
people-fault-admin-token = ليس هذا رمز المدير. تجده في إعدادات الخادم.
people-fault-address = ليس هذا بريدًا إلكترونيًا.
people-fault-address-taken = لا يمكن استعمال هذا العنوان. إن كان لك، فسجّل الدخول أو اطلب كلمة مرور جديدة.
people-fault-password-short = { $count ->
    [one] كلمة المرور قصيرة: حرف واحد على الأقل.
    [two] كلمة المرور قصيرة: حرفان على الأقل.
    [few] كلمة المرور قصيرة: { $count } أحرف على الأقل.
   *[other] كلمة المرور قصيرة: { $count } حرفًا على الأقل.
}
people-fault-password-long = كلمة المرور طويلة: { $count } حرفًا على الأكثر.
people-fault-password-common = هذه الكلمة من أول ما يجرّبه أي أحد. اختر غيرها.
people-fault-password-wrong = ليست هذه كلمة مرورك.
people-fault-guardian-missing = من كان عمره أقل من 13 سنة يحتاج إلى عنوان أحد الوالدين أو الوليّ.
people-fault-guardian-same = يجب أن يختلف عنوان وليّك عن عنوانك.
people-fault-no-children = لا تُعطى هنا حسابات لمن هم دون 13 سنة.
people-fault-closed = لا يُقبل أحد جديد الآن. اسأل من يدير هذا الخادم.
people-fault-link = هذا الرابط قديم أو استُعمل من قبل. اطلب غيره.
people-fault-too-many = { $count ->
    [one] محاولات كثيرة. حاول بعد دقيقة.
    [two] محاولات كثيرة. حاول بعد دقيقتين.
    [few] محاولات كثيرة. حاول بعد { $count } دقائق.
   *[other] محاولات كثيرة. حاول بعد { $count } دقيقة.
}
people-fault-token-name = أعطِ الرمز اسمًا من 1 إلى 80 حرفًا.
people-fault-tokens-full = لديك أقصى عدد من الرموز. ألغِ واحدًا أولًا.
people-fault-not-confirmed = ما كتبته غير مطابق. لم يُحذف شيء.

## Settings
settings-account = الحساب
settings-devices = الأجهزة
settings-tokens = الرموز
settings-privacy = الخصوصية
settings-save = حفظ
settings-language = اللغة
settings-language-label = لغة هذه الصفحات
settings-language-browser = لغة المتصفح
settings-news-language = تتكلم الصفحات لغتك الآن.
settings-news-password = كلمة المرور الجديدة سارية. سُجّل الخروج من أجهزتك الأخرى.
settings-password = كلمة المرور
settings-password-now = كلمة المرور الحالية
settings-password-do = تغيير كلمة المرور
settings-devices-heading = حيث سجّلت الدخول
settings-devices-lead = جهاز لا تعرفه؟ سجّل خروجه، ثم غيّر كلمة مرورك.
settings-device-unknown = جهاز غير معروف
settings-device-this = هذا الجهاز
settings-device-line = آخر استعمال { $seen } · دخل { $since }
settings-device-end = تسجيل الخروج
settings-devices-end-others = تسجيل الخروج من كل ما سواه
settings-tokens-heading = رموز لبرامجك الخاصة
settings-tokens-lead = الرمز يستطيع ما تستطيعه بملاحظاتك، من دون كلمة مرورك. أعطِ كل برنامج رمزه، وألغِه حين ينتهي.
settings-tokens-none = ليس لديك أي رمز.
settings-token-fresh = انسخ رمزك الجديد الآن. لن يُعرض مرة أخرى.
settings-token-make = إنشاء رمز
settings-token-name = لماذا هو؟
settings-token-days = مدة العمل
settings-token-forever = حتى ألغيه
settings-token-used = آخر استعمال { $ago }
settings-token-unused = لم يُستعمل بعد
settings-token-ends = يعمل حتى { $day }
settings-token-ended = انتهى
settings-token-no-end = يعمل حتى يُلغى
settings-token-revoke = إلغاء
settings-export = خذ كل شيء معك
settings-export-what = ملف واحد فيه كل ملاحظاتك وبطاقاتك واختباراتك وخططك ومحادثاتك ومراجعاتك، يقرؤه الناس والبرامج.
settings-export-do = تنزيل كل ما يخصّني
settings-kept = ما يُحفظ، وإلى متى
settings-kept-until-deleted = حتى تحذفه
settings-kept-material = ملاحظاتك وما صُنع منها وإجاباتك
settings-kept-events = ما قيل أثناء الصنع
settings-kept-executions = ما فعله كل وكيل، لإيجاد الأخطاء
settings-kept-sums = مجاميع لكل ساعة لا يُسمّى فيها أحد
settings-kept-sessions = الأجهزة التي لم تُستعمل
settings-kept-admin-log = ما فعله المديرون
settings-delete = حذف حسابي
settings-delete-what = تُحذف ملاحظاتك وكل ما صُنع منها وحسابك فورًا. لا رجعة في ذلك: نزّل كل شيء أولًا.
settings-delete-confirm = اكتب { $confirm } للتأكيد
settings-delete-do = احذف كل شيء الآن
