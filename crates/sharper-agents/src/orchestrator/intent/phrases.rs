//! Phrases that name a kind of task, by kind and strength, in eleven languages. Data only; see `Role` for its words.
//!
//! A row holds phrases of one language between bars. Case and accents do not matter; `*` ends a stem or, alone,
//! stands for any one word. What surrounds these phrases is in `guards`.

use sharper_domain::TaskKind::{
    self, ExamGeneration as Exam, FlashcardGeneration as Cards, NoteAnalysis as Analysis,
    QuizGeneration as Quiz, StudyPlan as Plan, SummaryGeneration as Summary,
};

use Role::{Act, Flaw, Hint, Notes, Thing};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A wish by itself: "quiz me".
    Act(TaskKind),
    /// A thing that can be made, and is seldom spoken of otherwise: "flashcards".
    Thing(TaskKind),
    /// A word that may be such a thing or just a word: "final", "practice", "plan".
    Hint(TaskKind),
    /// What one looks for in notes; it means an analysis where notes are spoken of: "gaps".
    Flaw,
    /// The student's own text: "my notes".
    Notes,
    /// A wish for something made: "give me".
    Wish,
    /// Polite, and so perhaps a wish: "please", "can you".
    Please,
    /// A question or a wish for an explanation, of what follows it: "what", "explain".
    Question,
    /// The same wherever in the clause it stands: "tips", "是什么".
    Asked,
    /// What follows is not wanted: "don't".
    Not,
    /// What stands just before is not wanted: "じゃなくて".
    Unwanted,
    /// What follows is what it is for or about, or what there is already: "for", "I have".
    Aim,
    /// Tells about what stands just before it, and asks about what follows if it stands first: "is".
    Is,
    /// What stands just before is what it is for, or is there already: "tomorrow", "के लिए".
    Given,
    /// What follows exists already, so nobody asks for it to be made: "the", "my".
    Known,
    /// What follows is the second wish: "and then".
    Then,
    /// Looks like a phrase and says nothing: "test tube".
    Looks,
}

impl Role {
    /// Whether a slip in the word is forgiven: only where the word is rare enough to be meant.
    pub(super) fn is_forgiving(self) -> bool {
        matches!(self, Act(_) | Thing(_) | Hint(Analysis))
    }

    /// The kind of task that the phrase speaks for, if it speaks for one.
    pub(super) fn kind(self) -> Option<TaskKind> {
        match self {
            Act(kind) | Thing(kind) | Hint(kind) => Some(kind),
            Flaw => Some(Analysis),
            _ => None,
        }
    }
}

/// Phrases that name a kind of task.
pub(super) const KINDS: &[(Role, &[&str])] = &[
    // ── Flashcards ──
    (
        Act(Cards),
        &["into flashcards|onto flashcards|on flashcards|as flashcards|to flashcards|as anki cards"],
    ),
    (
        Thing(Cards),
        &[
            "flashcard|flashcards|flash card|flash cards|flashcrads|study card|study cards|revision card|revision cards",
            "index cards|cue cards|memory cards|vocab cards|vocabulary cards|review cards|question cards|answer cards|q&a cards",
            "anki|anki deck|anki card|anki cards|quizlet|quizlet set|more cards|cloze cards|cards to memorize",
            "tarjetas de estudio|tarjetas de memoria|tarjetas de repaso|tarjetas de memorizacion|tarjetas didacticas",
            "fichas de estudio|fichas de repaso|fichas de memoria|tarjetas de aprendizaje|tarjetas de vocabulario",
            "karteikarte*|lernkarte*|lernkärtchen|vokabelkarte*|karteikärtchen|flashkarten",
            "carte mémoire|cartes mémoire|cartes mémoires|cartes de révision|cartes de mémorisation|cartes éclair",
            "fiches de révision|fiche de révision|fiches mémo|fiches de vocabulaire|cartes d'apprentissage",
            "cartões de memória|cartões de estudo|cartões de memorização|cartões de revisão|fichas de estudo para",
            "schede di studio|schede di ripasso|carte di memoria|schede di memoria|schede per memorizzare",
            "抽认卡|抽認卡|闪卡|閃卡|记忆卡|記憶卡|单词卡|單詞卡|学习卡|學習卡|复习卡|複習卡|知识卡片|字卡",
            "フラッシュカード|単語カード|暗記カード|学習カード|単語帳|暗記帳|アンキカード",
            "بطاقات تعليمية|بطاقات مراجعة|بطاقات استذكار|بطاقات للحفظ|بطاقات الذاكرة|فلاش كارد|بطاقات دراسية",
            "फ्लैशकार्ड*|फ्लैश कार्ड*|फ्लेशकार्ड*|स्टडी कार्ड*",
            "карточк*|карточек|флешкарт*|флэшкарт*|флеш карточк*|флеш карточек|флэш карточк*",
        ],
    ),
    (
        Hint(Cards),
        &[
            "card|cards|deck|tarjeta|tarjetas|fichas|karten|kärtchen|fiches|cartes|cartões|schede",
            "卡片|カード|بطاقات|कार्ड",
        ],
    ),
    // ── A quiz ──
    (
        Act(Quiz),
        &[
            "quiz me|quizz me|qiuz me|quiz us|test me|test us|test my knowledge|test my understanding|test what i know",
            "ask me|examine me|drill me|grill me|check my knowledge|check my understanding|check if i know",
            "check if i really|check whether i|see if i know|see how well i know|see how much i know|how well i know",
            "how well do i know|practice with me|practise with me|quiz time|i m ready for the quiz|ready to be quizzed|challenge me",
            "ponme a prueba|ponerme a prueba|pregúntame|hazme preguntas|hacerme preguntas|examíname|evalúame",
            "frag mich|frage mich|mich abfragen|abfragen|teste mich|teste mein*|mich testen|prüf mich|prüfe mich",
            "mich prüfen|stell mir fragen|stelle mir fragen|überprüfe mein wissen|prüfe mein wissen|prüfe mein verständnis|überprüfe mein verständnis",
            "interroge moi|interrogez moi|teste moi|testez moi|teste mes connaissances|pose moi|posez moi",
            "questionne moi|évalue moi|tester mes connaissances|m'interroger",
            "me teste|teste me|me pergunte|faça perguntas|me faça perguntas|faz perguntas|me avalie|testa me",
            "interrogami|interrogatemi|fammi domande|fammi delle domande|mettimi alla prova|verificami",
            "考考我|考我|考一考我|测试我|測試我|测验我|提问我|问我|問我|向我提问|抽查我|测测我",
            "クイズを出して|問題を出して|テストして|質問して|出題して|問題出して|クイズ出して",
            "اختبرني|امتحني|اسألني|اختبر معلوماتي|اختبر معرفتي|اختبر فهمي|وجه لي أسئلة",
            "सवाल पूछो|प्रश्न पूछो|सवाल पूछें|प्रश्न पूछें|सवाल पूछिए|प्रश्न पूछिए|मुझसे पूछो|मेरा टेस्ट लो|मेरी परीक्षा लो",
            "проверь меня|проверьте меня|протестируй меня|опроси меня|поспрашивай меня|погоняй меня|проверь мои знания",
            "задай мне вопросы|задавай мне вопросы|задай вопросы|задай мне несколько вопросов",
        ],
    ),
    (
        Thing(Quiz),
        &[
            "quiz|quizz|qiuz|quizes|quizzes|pop quiz|practice quiz|practice test|practice tests|practise test|mock test",
            "practice question|practice questions|practise questions|practice problems|practise problems|self test",
            "practice exercises|review questions|revision questions|sample questions|comprehension questions",
            "study questions|test questions|quiz questions|short answer questions|multiple choice questions",
            "multiple choice quiz|multiple choice test|true or false questions|true false questions|mcq|mcqs|trivia",
            "worksheet|knowledge check|short test|little test|quick test|mini test|fill in the blank",
            "cuestionario|cuestionarios|preguntas de práctica|preguntas de opción múltiple|preguntas tipo test",
            "prueba corta|preguntas de repaso|ejercicios de práctica|autoevaluación|test de práctica",
            "quizfragen|übungsfragen|übungstest|probetest|multiple choice fragen|wissenstest|lückentext|testfragen",
            "übungsaufgaben|kontrollfragen|verständnisfragen|wiederholungsfragen",
            "qcm|questionnaire|interro|questions d'entraînement|questions à choix multiples|questions à choix multiple",
            "questions de révision|exercices d'entraînement|vrai ou faux|questions de compréhension",
            "questionário|questões de múltipla escolha|perguntas de múltipla escolha|perguntas de revisão",
            "questões para praticar|exercícios de fixação|testezinho",
            "domande a risposta multipla|domande a scelta multipla|domande di ripasso|domande di verifica",
            "测验|測驗|小测|小測|练习题|練習題|测试题|測試題|选择题|選擇題|判断题|填空题|问答题|自测",
            "クイズ|小テスト|ミニテスト|練習問題|確認テスト|一問一答|選択問題|確認問題|四択",
            "اختبار قصير|اختبارا قصيرا|كويز|أسئلة تدريبية|أسئلة اختيار من متعدد|أسئلة مراجعة|أسئلة للتدريب",
            "क्विज़|प्रश्नोत्तरी|अभ्यास प्रश्न|बहुविकल्पीय प्रश्न|अभ्यास के प्रश्न|एमसीक्यू",
            "викторин*|квиз|контрольные вопросы|вопросы для самопроверки|тест с вариантами|тренировочные вопросы",
        ],
    ),
    (
        Hint(Quiz),
        &[
            "test|tests|to be tested|to be quizzed|practice|practise|practicing|practising|questions|problems|exercises|multiple choice",
            "true or false|prueba|preguntas|ejercicios|practicar|opción múltiple|fragen|aufgaben|übungen|üben",
            "exercices|m'entraîner|pratiquer|choix multiples|perguntas|questões|exercícios|teste|praticar",
            "múltipla escolha|domande|esercizi|verifica|esercitarmi|测试|測試|练习|練習|题目|テスト|問題|練習したい",
            "اختبار|اختبارا|أسئلة|تمارين|टेस्ट|सवाल|प्रश्न|अभ्यास|тест|тесты|вопросы|вопросов|задачи|упражнения",
        ],
    ),
    // ── An exam ──
    (
        Act(Exam),
        &["simulate the exam|simulate the final|simulate an exam|simulate a final|simulate the midterm"],
    ),
    (
        Thing(Exam),
        &[
            "exam|exams|examm|final exam|final exams|midterm|midterms|mid term|mid term exam|midterm exam|mock exam",
            "mock exams|mock midterm|mock final|mock paper|practice exam|practice exams|practise exam|practice final",
            "practice finals|practice midterm|practice midterms|sample exam|sample final|sample midterm|test exam",
            "exam paper|exam papers|past paper|past papers|a final|another final|comprehensive final|cumulative final",
            "examen|exámenes|examen final|examen parcial|examen de práctica|examen de prueba|simulacro|simulacros",
            "simulacro de examen|examen tipo",
            "klausur|klausuren|probeklausur*|übungsklausur*|musterklausur*|testklausur*|prüfung|prüfungen",
            "probeprüfung*|abschlussprüfung|übungsprüfung*|probeexamen",
            "examens|examen blanc|partiel|partiels|partiel blanc|sujet d'examen|sujet de bac|bac blanc|brevet blanc",
            "épreuve|épreuve blanche|devoir surveillé|concours blanc",
            "simulado|simulados|prova final|exame|exames|prova simulada",
            "esame|esami|simulazione d'esame|simulazione di esame|esame finale|prova d'esame|compito in classe",
            "考试|考試|试卷|試卷|考卷|模拟考试|模擬考試|模拟考|模拟卷|模拟试卷|期末考试|期末考|期中考试|期中考",
            "試験|模擬試験|期末試験|中間試験|期末テスト|中間テスト|定期テスト|模擬テスト|模試|試験問題",
            "امتحان|امتحانا|امتحان تجريبي|امتحان نهائي|اختبار نهائي|اختبار تجريبي|اختبارا نهائيا|اختبارا تجريبيا",
            "परीक्षा|मॉक परीक्षा|मॉक टेस्ट|प्रश्न पत्र|प्रश्नपत्र|एग्जाम|मॉक एग्जाम|अभ्यास परीक्षा",
            "экзамен|экзамены|пробный экзамен|экзаменационн* билет*|экзаменационн* работ*|контрольную работу",
        ],
    ),
    (
        Hint(Exam),
        &[
            "final|finals|mock|examination|assessment|parcial|contrôle|prova|provas|期末|期中|الامتحان|контрольную",
        ],
    ),
    // ── A summary ──
    (
        Act(Summary),
        &[
            "summarize|summarise|sum up|sum this up|sum it up|sum these up|sum * up|tldr|tl;dr|boil down|boil * down",
            "boil * * down|boil my notes|condense my|condense this|condense the|condense these|shorten this|shorten my",
            "make this shorter|make it shorter|make these shorter|what are the main points|what are the key points",
            "what are the main ideas|what are the key takeaways|what are the takeaways|what is the gist|what s the gist|what s the tl;dr|what s the tldr",
            "resume mis|resume el|resume la|resume los|resume las|resume este|resume esta|resume esto|resúmeme|resumir",
            "resúmelo|sintetiza|sintetizar|resumirme",
            "fass mir|fass das|fass die|fass den|fass bitte|fass mein*|fass dies*|fass kurz|fasse mir|fasse das|fasse die",
            "fasse den|fasse bitte|fasse mein*|fasse dies*|fasse kurz|zusammenfassen|zusammenzufassen",
            "résume mes|résume moi|résume le|résume les|résume ce|résume cette|résumer|résumez|synthétise*",
            "resuma|resuma para mim|resume pra mim|resume o|riassumi|riassumere|riassumimi|riassumiamo|sintetizza",
            "总结一下|總結一下|概括一下|归纳一下|提炼|要約して|まとめて|短くして|要約してください",
            "لخص|لخصي|لخصلي|تلخيص|اختصر|أوجز|सारांशित",
            "перескажи|кратко перескажи|кратко изложи|резюмируй|суммируй|обобщи|сократи|подведи итог*|кратко расскажи",
        ],
    ),
    (
        Thing(Summary),
        &[
            "summary|summaries|summarization|overview|recap|rundown|synopsis|key points|main points|key ideas|main ideas",
            "takeaways|key takeaways|main takeaways|gist|cliff notes|cliffnotes|cliffsnotes|sparknotes|cheat sheet",
            "cheatsheet|short version|shorter version|executive summary|bullet point summary|one page summary",
            "resumen|resúmenes|visión general|panorama general|puntos clave|puntos principales|ideas principales",
            "zusammenfassung*|lernzusammenfassung*|überblick|übersicht|kurzfassung|hauptpunkte|kernpunkte|wichtigsten punkte|kernaussagen",
            "résumé|résumés|aperçu|vue d'ensemble|points clés|points essentiels|idées principales|points principaux",
            "fiche de synthèse|récapitulatif|idées clés",
            "resumo|resumos|visão geral|pontos principais|pontos chave|ideias principais|resuminho",
            "riassunto|riassunti|panoramica|punti chiave|punti principali|riepilogo|idee principali",
            "总结|總結|概括|摘要|概述|归纳|歸納|要点|要點|梗概|小结|概要|要約|まとめ|サマリー|あらすじ",
            "ملخص|ملخصا|نظرة عامة|النقاط الرئيسية|أهم النقاط|خلاصة|موجز",
            "सारांश|संक्षेप|मुख्य बिंदु|मुख्य बातें|समरी",
            "краткое содержание|краткого содержания|краткий пересказ|резюме|выжимк*|основные мысли|главные мысли",
            "основные тезисы|ключевые моменты|краткий обзор|обзор|краткую сводку",
        ],
    ),
    (
        Hint(Summary),
        &[
            "summarized|summarised|abstract|outline|study guide|bullet points|condense|shorten|síntesis|esquema|stichpunkte|synthèse|sintesi",
            "大纲|ざっくり|सार|конспект|вкратце",
        ],
    ),
    // ── An analysis of the notes ──
    (
        Act(Analysis),
        &[
            "note analysis|notes analysis|weak areas|knowledge gaps|what am i missing|where are the gaps|where are my gaps|gaps in my knowledge",
            "gaps in my understanding|find my weak spots",
        ],
    ),
    (
        Hint(Analysis),
        &[
            "analyze|analyse|analysis|review|reviewing|critique|evaluate|analiza|analizar|análisis|revisa|revisar|evalúa",
            "analysiere|analysieren|überprüfe|überprüf|überprüfen|prüfe|prüf|bewerte|bewerten|analysez|analyser",
            "relis|relire|relisez|évaluer|analise|analisar|avalie|analizza|analizzare|analisi|rivedi|rivedere|valuta",
            "分析|点评|點評|评价|添削|レビュー|評価",
            "حلل|حللي|تحليل|راجع|راجعي|विश्लेषण|समीक्षा|проанализируй*|анализ|анализируй|разбери|оцени",
        ],
    ),
    (
        Flaw,
        &[
            "check|look over|look at|look through|go over|go through|read over|read through|assess|examine|inspect",
            "proofread|gaps|gap|missing|mistakes|mistake|errors|unclear|incomplete|complete|contradictions|contradict",
            "weak spots|weak points|weaknesses|weakness|strengths|feedback|improve|improved|improvements|how good|wrong",
            "correct|holes|inconsistencies|more detail|not covered|leave out|left out|forget|forgot|rate|grade|quality",
            "falta|faltan|errores|lagunas|corrige|corregir|mejorar|incompletos|mira|comprueba|olvidé",
            "schau|schaue|sieh|lücken|fehler|fehlt|fehlen|unklar|unvollständig|vollständig|verbessern|korrigiere",
            "rückmeldung|widersprüche|schwächen|schwachstellen|stärken|durchsehen|durchlesen|anschauen",
            "manque|manquent|lacunes|erreurs|oublié|vérifie|vérifier|incomplètes|améliorer|corriger|regarde",
            "revise|erros|lacunas de|verifique|corrija|melhorar|controlla|correggi|manca|mancano|errori|lacune|migliorare",
            "检查|檢查|看看|遗漏|遺漏|缺少|缺了|漏了|错误|錯誤|不足|完整|改进|批改",
            "チェック|確認|抜け|足りない|間違い|改善|弱点|見て",
            "أخطاء|ثغرات|الثغرات|ينقص*|نقاط الضعف|ناقص|تحقق|गलति*|गलती|कमी|कमियां|कमियाँ|छूट*|त्रुटि*|जाँच*|जांच*",
            "проверь|проверьте|просмотри|посмотри|ошибк*|пробел*|не хватает|упустил*|пропустил*|недочет*|исправь",
        ],
    ),
    (
        Notes,
        &[
            "notes|my note|this note|what i wrote|what i ve written|what i have written|my essay|my draft|my writing",
            "my summary|my outline|my write up|apuntes|mis notas|anotaciones|notizen|mitschrift|mitschriften",
            "aufzeichnungen|mon cours|mes cours|anotações|minhas notas|apontamentos|appunti|笔记|筆記|ノート|メモ",
            "ملاحظاتي|ملاحظات|مذكراتي|دفتري|نوتاتي|नोट्स|конспекты|конспекте|конспектах|конспектов|заметк*|записи|записях",
        ],
    ),
    // ── A study plan ──
    (
        Act(Plan),
        &[
            "plan my|plan our|help me plan|plan out|schedule my|organize my week|organise my week|organize my time",
            "organise my time|organize my study*|organise my study*|organize my revision|organise my revision",
            "what should i study|what should i revise|what to study|what to revise|when to study|when should i study",
            "tell me what to study|tell me what to revise|tell me when to study|tell me what to learn|what to learn",
            "study each day|study every day|what s a good study plan|what is a good study plan|how should i spread|how do i spread|how can i spread|how should i split",
            "how do i split|how should i divide|how do i divide|how should i plan|how should i schedule",
            "how should i organize my|how should i organise my|what should i do each day|what to do each day",
            "organiza mi|organiza mis|organízame|organizar mi|planifica|planificar|cómo reparto|cómo repartir",
            "plane mein*|wie soll ich den stoff|wie teile ich|wie verteile ich|wann ich was lernen|wann soll ich was",
            "organise ma|organise mes|organiser ma|organiser mes|m'organiser|planifie|planifier|planifie moi|comment répartir|comment organiser mes",
            "organize minha|organize meus|planeje|como dividir|organizza la mia|organizzami|pianifica|come dividere",
            "安排复习|安排学习|規劃|规划|計画を立てて|計画立てて|نظم وقتي|نظم لي|распланируй*|спланируй*|составь план",
        ],
    ),
    (
        Thing(Plan),
        &[
            "study plan|study plans|studyplan|study schedule|study timetable|study planner|study calendar|study routine",
            "study program|learning plan|learning schedule|learning path|revision plan|revision timetable|day plan",
            "revision schedule|review plan|review schedule|prep plan|exam plan|schedule|timetable|roadmap|road map",
            "planner|daily plan|weekly plan|day by day plan|week by week plan|daily tasks|plan of attack|daily goals",
            "plan de estudio|plan de estudios|plan de repaso|horario de estudio|horario|calendario de estudio|cronograma",
            "programa de estudio|plan de aprendizaje|plan semanal",
            "lernplan|lernpläne|zeitplan|studienplan|wochenplan|tagesplan|lernfahrplan|arbeitsplan|lernkalender",
            "planning|planning de révision|planning de révisions|plan de révision|plan de révisions|plan d'étude",
            "plan d'études|plan de travail|programme de révision|programme de révisions|programme d'étude",
            "emploi du temps|calendrier de révision|calendrier de révisions",
            "plano de estudo|plano de estudos|cronograma de estudos|plano de revisão|rotina de estudos|roteiro de estudos",
            "piano di studio|piano di ripasso|programma di studio|tabella di marcia|calendario di studio",
            "学习计划|學習計劃|复习计划|複習計劃|时间表|時間表|计划表|日程|课程表|学习安排|复习安排",
            "学習計画|勉強計画|勉強の計画|学習プラン|勉強プラン|スケジュール|学習スケジュール|勉強スケジュール|時間割",
            "خطة دراسية|خطة دراسة|خطة للدراسة|خطة مذاكرة|خطة مراجعة|خطة للمذاكرة|جدول دراسي|جدولا دراسيا|جدول دراسة",
            "جدول مذاكرة|جدول للمذاكرة|جدول مراجعة",
            "अध्ययन योजना|पढ़ाई की योजना|पढ़ाई का प्लान|पढ़ने की योजना|स्टडी प्लान|टाइम टेबल|टाइमटेबल|समय सारणी|शेड्यूल",
            "план занят*|план подготовк*|план обучени*|учебн* план|план учеб*|план повторени*|расписани*|график занят*",
            "график подготовк*|план на недел*",
        ],
    ),
    (
        Hint(Plan),
        &[
            "plan|calendar|over * days|over * weeks|over the next * days|over the next * weeks|stundenplan|verteilen|einteilen|programme|plano|piano per|programma|计划|計劃|安排|計画|プラン",
            "خطة|جدول|جدولا|योजना|प्लान|план|график",
        ],
    ),
];
