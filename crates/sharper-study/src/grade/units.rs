//! Units of measure: their spellings, what they measure, and how many of the basic unit they are.
//!
//! Prefixes and basic units are those of the International System (BIPM, SI Brochure, 9th edition); others by their exact
//! definition where there is one. A month is a twelfth of a year of 365.25 days.

/// How many of each basic quantity a unit holds: length, mass, time, current, temperature, substance, money, information.
pub(super) type Dimension = [i8; 8];

/// A unit, in basic units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    /// What it measures.
    pub(super) dimension: Dimension,
    /// How many basic units it is.
    pub(super) factor: f64,
    /// What is added after the factor: only scales of temperature have it.
    pub(super) offset: f64,
}

impl Unit {
    /// An amount of this unit in basic units.
    pub(super) fn basic(&self, amount: f64) -> f64 {
        amount * self.factor + self.offset
    }
}

const NONE: Dimension = [0; 8];
const LENGTH: Dimension = [1, 0, 0, 0, 0, 0, 0, 0];
const VOLUME: Dimension = [3, 0, 0, 0, 0, 0, 0, 0];
const MASS: Dimension = [0, 1, 0, 0, 0, 0, 0, 0];
const TIME: Dimension = [0, 0, 1, 0, 0, 0, 0, 0];
const FREQUENCY: Dimension = [0, 0, -1, 0, 0, 0, 0, 0];
const CURRENT: Dimension = [0, 0, 0, 1, 0, 0, 0, 0];
const HEAT: Dimension = [0, 0, 0, 0, 1, 0, 0, 0];
const SUBSTANCE: Dimension = [0, 0, 0, 0, 0, 1, 0, 0];
const DOLLAR: Dimension = [0, 0, 0, 0, 0, 0, 1, 0];
const EURO: Dimension = [0, 0, 0, 0, 0, 0, 2, 0];
const STERLING: Dimension = [0, 0, 0, 0, 0, 0, 3, 0];
const DATA: Dimension = [0, 0, 0, 0, 0, 0, 0, 1];
const FORCE: Dimension = [1, 1, -2, 0, 0, 0, 0, 0];
const ENERGY: Dimension = [2, 1, -2, 0, 0, 0, 0, 0];
const POWER: Dimension = [2, 1, -3, 0, 0, 0, 0, 0];
const PRESSURE: Dimension = [-1, 1, -2, 0, 0, 0, 0, 0];
const VOLTAGE: Dimension = [2, 1, -3, -1, 0, 0, 0, 0];
const CHARGE: Dimension = [0, 0, 1, 1, 0, 0, 0, 0];
const RESISTANCE: Dimension = [2, 1, -3, -2, 0, 0, 0, 0];
const MOLAR: Dimension = [-3, 0, 0, 0, 0, 1, 0, 0];

const YEAR: f64 = 365.25 * 86_400.0;

/// Signs that take prefixes: sign, what it measures, how many basic units.
const SIGNS: &[(&str, Dimension, f64)] = &[
    ("m", LENGTH, 1.0),
    ("g", MASS, 1e-3),
    ("s", TIME, 1.0),
    ("L", VOLUME, 1e-3),
    ("l", VOLUME, 1e-3),
    ("J", ENERGY, 1.0),
    ("W", POWER, 1.0),
    ("V", VOLTAGE, 1.0),
    ("A", CURRENT, 1.0),
    ("Hz", FREQUENCY, 1.0),
    ("N", FORCE, 1.0),
    ("Pa", PRESSURE, 1.0),
    ("mol", SUBSTANCE, 1.0),
    ("cal", ENERGY, 4.184),
    ("eV", ENERGY, 1.602_176_634e-19),
    ("bar", PRESSURE, 1e5),
    ("Ω", RESISTANCE, 1.0),
    ("Wh", ENERGY, 3_600.0),
    ("B", DATA, 8.0),
    ("K", HEAT, 1.0),
    ("M", MOLAR, 1e3),
    ("C", CHARGE, 1.0),
];

/// Prefixes as signs.
const PREFIXES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("m", 1e-3),
    ("c", 1e-2),
    ("d", 1e-1),
    ("µ", 1e-6),
    ("μ", 1e-6),
    ("u", 1e-6),
    ("n", 1e-9),
    ("p", 1e-12),
    ("f", 1e-15),
    ("h", 1e2),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
];

/// Words that take prefixes, without their plural.
const WORDS: &[(&str, Dimension, f64)] = &[
    ("meter metre metro метр метра метров mètre", LENGTH, 1.0),
    ("gram gramme gramm gramo грамм грамма граммов", MASS, 1e-3),
    ("second sekunde segundo seconde секунда секунды секунд", TIME, 1.0),
    ("liter litre litro литр литра литров", VOLUME, 1e-3),
    ("joule julio джоуль", ENERGY, 1.0),
    ("watt vatio ватт", POWER, 1.0),
    ("volt voltio вольт", VOLTAGE, 1.0),
    ("ampere amp amperio ампер", CURRENT, 1.0),
    ("hertz hercio герц", FREQUENCY, 1.0),
    ("newton ньютон", FORCE, 1.0),
    ("pascal паскаль", PRESSURE, 1.0),
    ("mole mol моль", SUBSTANCE, 1.0),
    ("calorie kalorie caloria caloría калория калорий", ENERGY, 4.184),
    ("ohm", RESISTANCE, 1.0),
    ("byte", DATA, 8.0),
    ("bit", DATA, 1.0),
    ("kelvin", HEAT, 1.0),
    ("coulomb", CHARGE, 1.0),
];

/// Prefixes as words.
const PREFIX_WORDS: &[(&str, f64)] = &[
    ("kilo", 1e3),
    ("кило", 1e3),
    ("milli", 1e-3),
    ("mili", 1e-3),
    ("милли", 1e-3),
    ("centi", 1e-2),
    ("centí", 1e-2),
    ("zenti", 1e-2),
    ("санти", 1e-2),
    ("deci", 1e-1),
    ("micro", 1e-6),
    ("mikro", 1e-6),
    ("микро", 1e-6),
    ("nano", 1e-9),
    ("нано", 1e-9),
    ("pico", 1e-12),
    ("hecto", 1e2),
    ("mega", 1e6),
    ("мега", 1e6),
    ("giga", 1e9),
    ("tera", 1e12),
];

/// Units without prefixes, all their spellings.
const OTHERS: &[(&str, Dimension, f64)] = &[
    ("% percent percentage prozent porcentaje pourcent процент процента процентов ％", NONE, 0.01),
    ("‰ permille", NONE, 1e-3),
    ("ppm", NONE, 1e-6),
    ("km 公里 千米 キロメートル 킬로미터 كيلومتر كم", LENGTH, 1e3),
    ("米 公尺 メートル 미터 متر", LENGTH, 1.0),
    ("厘米 公分 センチメートル 센티미터", LENGTH, 1e-2),
    ("毫米 ミリメートル 밀리미터", LENGTH, 1e-3),
    ("км", LENGTH, 1e3),
    ("м", LENGTH, 1.0),
    ("см", LENGTH, 1e-2),
    ("мм", LENGTH, 1e-3),
    ("кг 公斤 千克 キログラム 킬로그램", MASS, 1.0),
    ("г 克 グラム 그램", MASS, 1e-3),
    ("мг 毫克", MASS, 1e-6),
    ("micron microns", LENGTH, 1e-6),
    ("mile miles meile meilen milla millas", LENGTH, 1_609.344),
    ("ft foot feet", LENGTH, 0.3048),
    ("in inch inches", LENGTH, 0.0254),
    ("yd yard yards", LENGTH, 0.9144),
    ("lb lbs pound pounds", MASS, 0.453_592_37),
    ("oz ounce ounces", MASS, 0.028_349_523_125),
    ("t ton tons tonne tonnes tonelada toneladas", MASS, 1e3),
    ("min mins minute minutes minuten minuto minutos минута минуты минут 分钟 分鐘 分間 분", TIME, 60.0),
    (
        "h hr hrs hour hours stunde stunden hora horas heure heures час часа часов 小时 小時 時間 시간",
        TIME,
        3_600.0,
    ),
    ("秒 秒钟 秒間 초", TIME, 1.0),
    ("d day days tag tage tagen día días jour jours день дня дней 天 日間 일", TIME, 86_400.0),
    ("week weeks wk woche wochen semana semanas semaine semaines 周 週間", TIME, 604_800.0),
    ("month months monat monate monaten mes meses mois 个月 か月", TIME, YEAR / 12.0),
    ("yr yrs year years jahr jahre jahren año años an ans année années год года лет 年 年間 년", TIME, YEAR),
    ("decade decades", TIME, YEAR * 10.0),
    ("century centuries jahrhundert jahrhunderte siglo siglos siècle siècles 世纪 世紀", TIME, YEAR * 100.0),
    ("atm atmosphere atmospheres", PRESSURE, 101_325.0),
    ("mmhg", PRESSURE, 133.322_387_415),
    ("rpm", FREQUENCY, 1.0 / 60.0),
    ("bpm", FREQUENCY, 1.0 / 60.0),
    ("mph", [1, 0, -1, 0, 0, 0, 0, 0], 0.447_04),
    ("kph kmh", [1, 0, -1, 0, 0, 0, 0, 0], 1.0 / 3.6),
    ("$ dollar dollars usd dólares", DOLLAR, 1.0),
    ("€ euro euros eur", EURO, 1.0),
    ("£ gbp", STERLING, 1.0),
    ("hectare hectares ha", [2, 0, 0, 0, 0, 0, 0, 0], 1e4),
];

/// The unit of one word or sign. Signs are read with their case first: "mV" is not "MV".
pub(super) fn unit(word: &str) -> Option<Unit> {
    let lower = word.to_lowercase();
    let plain = |dimension, factor| Unit { dimension, factor, offset: 0.0 };
    match lower.as_str() {
        "°c" | "℃" | "celsius" => return Some(Unit { dimension: HEAT, factor: 1.0, offset: 273.15 }),
        "°f" | "℉" | "fahrenheit" => {
            return Some(Unit { dimension: HEAT, factor: 5.0 / 9.0, offset: 273.15 - 160.0 / 9.0 });
        }
        _ => {}
    }
    let listed = OTHERS.iter().find(|(spellings, _, _)| spellings.split(' ').any(|one| one == lower));
    if let Some(&(_, dimension, factor)) = listed {
        return Some(plain(dimension, factor));
    }
    sign(word).or_else(|| in_words(&lower)).or_else(|| sign(&lower)).map(|(d, f)| plain(d, f))
}

fn sign(word: &str) -> Option<(Dimension, f64)> {
    let bare = |word: &str| SIGNS.iter().find(|(sign, _, _)| *sign == word).map(|&(_, d, f)| (d, f));
    bare(word).or_else(|| {
        PREFIXES.iter().find_map(|&(prefix, times)| {
            let (dimension, factor) = bare(word.strip_prefix(prefix)?)?;
            Some((dimension, factor * times))
        })
    })
}

fn in_words(lower: &str) -> Option<(Dimension, f64)> {
    let base = |word: &str| {
        let singular = [word, word.strip_suffix('s').unwrap_or(word), word.strip_suffix('n').unwrap_or(word)];
        WORDS
            .iter()
            .find(|(names, _, _)| names.split(' ').any(|name| singular.contains(&name)))
            .map(|&(_, dimension, factor)| (dimension, factor))
    };
    base(lower).or_else(|| {
        PREFIX_WORDS.iter().find_map(|&(prefix, times)| {
            let (dimension, factor) = base(lower.strip_prefix(prefix)?)?;
            Some((dimension, factor * times))
        })
    })
}

/// A unit to a power.
pub(super) fn power(unit: Unit, power: i8) -> Unit {
    Unit {
        dimension: unit.dimension.map(|one| one.saturating_mul(power)),
        factor: unit.factor.powi(i32::from(power)),
        offset: if power == 1 { unit.offset } else { 0.0 },
    }
}

/// A unit times another.
pub(super) fn times(one: Unit, other: Unit) -> Unit {
    let mut dimension = one.dimension;
    for (here, there) in dimension.iter_mut().zip(other.dimension) {
        *here = here.saturating_add(there);
    }
    Unit { dimension, factor: one.factor * other.factor, offset: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: (f64, &str), other: (f64, &str)) {
        let [a, b] = [one, other].map(|(amount, word)| (unit(word).unwrap(), amount));
        assert_eq!(a.0.dimension, b.0.dimension);
        let (a, b) = (a.0.basic(a.1), b.0.basic(b.1));
        assert!((a - b).abs() <= 1e-9 * a.abs(), "{one:?} is not {other:?}");
    }

    #[test]
    fn units_convert() {
        check((5.0, "km"), (5000.0, "m"));
        check((5.0, "kilometres"), (5.0, "km"));
        check((2.0, "mL"), (2.0, "millilitres"));
        check((90.0, "min"), (1.5, "hours"));
        check((0.0, "°C"), (273.15, "K"));
        check((212.0, "°F"), (100.0, "°C"));
        check((1.0, "kcal"), (4184.0, "J"));
        check((3.0, "公里"), (3000.0, "米"));
    }

    #[test]
    fn the_case_of_a_sign_counts() {
        check((1.0, "MV"), (1e9, "mV"));
        assert_eq!(unit("chromosomes"), None);
    }
}
