//! What is no token of ours: wrong claims, wrong heads, wrong keys, wrong shapes, and every bit flipped.

use serde_json::{Value, json};

use super::super::Supabase;
use super::{NOW, Publisher, SECRET, Signer, at, b64, claims};

/// A house and every key that signs for it.
struct World {
    house: Supabase,
    issuer: String,
    hs: Signer,
    es: Signer,
    ed: Signer,
    rs: Signer,
    publisher: Publisher,
}

impl World {
    fn new() -> Self {
        let (es, ed, rs) = (Signer::es256(), Signer::eddsa(), Signer::rs256());
        let change = |mut jwk: Value, name: &str, value: Value| {
            jwk[name] = value;
            jwk
        };
        let publisher = Publisher::publishes(&[
            es.published("es"),
            ed.published("ed"),
            rs.published("rs"),
            change(es.published("for-encryption"), "use", json!("enc")),
            change(es.published("for-another"), "alg", json!("ES384")),
            json!({"kty": "oct", "kid": "oct", "alg": "HS256", "k": b64(SECRET)}),
            json!({"kty": "EC", "crv": "P-256", "kid": "no-point", "x": "AA", "y": "AA"}),
            json!({"kty": "of tomorrow", "kid": "strange"}),
        ]);
        let (house, issuer) = (publisher.house(SECRET), publisher.issuer());
        Self { house, issuer, hs: Signer::hs256(SECRET.as_bytes()), es, ed, rs, publisher }
    }

    async fn takes(&self, token: &str) -> bool {
        self.house.holder(token, at(0)).await.is_some()
    }

    /// Well signed, with one claim set so; `null` takes it away.
    fn claiming(&self, name: &str, value: Value) -> String {
        let mut claims = claims(&self.issuer);
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value,
        }
        self.hs.signed(r#"{"alg":"HS256","typ":"JWT"}"#, &claims.to_string())
    }

    /// Good claims under this head, signed with this key.
    fn headed(&self, head: &Value, signer: &Signer) -> String {
        signer.signed(&head.to_string(), &claims(&self.issuer).to_string())
    }
}

#[tokio::test]
async fn good_tokens_are_taken_whatever_signed_them() {
    let world = World::new();
    for (signer, kid) in [(&world.hs, "any"), (&world.es, "es"), (&world.ed, "ed"), (&world.rs, "rs")] {
        let caller = world.house.holder(&signer.good(kid, &world.issuer), at(0)).await.unwrap();
        assert_eq!(caller.user.as_str(), "6f1d0e6e-7c5b-4a77-9d0a-2f4a3b1c0d9e");
        assert_eq!(caller.name.as_deref(), Some("ada@example.org"));
    }
    for (name, value) in [
        ("exp", json!(NOW - 29)),
        ("nbf", json!(NOW + 30)),
        ("iat", json!(NOW + 30)),
        ("iat", Value::Null),
        ("role", Value::Null),
        ("email", Value::Null),
        ("aud", json!(["another", "authenticated"])),
        ("exp", json!(i64::MAX)),
    ] {
        assert!(world.takes(&world.claiming(name, value.clone())).await, "{name} {value}");
    }
    assert_eq!(world.publisher.asked(), 1);
}

#[tokio::test]
async fn wrong_claims_are_refused() {
    let world = World::new();
    let issuer = &world.issuer;
    let cases = [
        (
            "exp",
            vec![
                Value::Null,
                json!(NOW - 30),
                json!(NOW - 31),
                json!(0),
                json!(-1),
                json!(i64::MIN),
                json!(1e30),
                json!("1890000000"),
                json!(1_890_000_000.5),
                json!([1_890_000_000]),
                json!(true),
            ],
        ),
        ("nbf", vec![json!(NOW + 31), json!("0"), json!(i64::MAX), json!([0])]),
        ("iat", vec![json!(NOW + 31), json!("0")]),
        (
            "iss",
            vec![
                Value::Null,
                json!(""),
                json!("https://evil.example/auth/v1"),
                json!(format!("{issuer}/")),
                json!(issuer.trim_end_matches("/auth/v1")),
                json!(issuer.to_uppercase()),
                json!([issuer]),
                json!(1),
            ],
        ),
        (
            "aud",
            vec![
                Value::Null,
                json!(""),
                json!("anon"),
                json!("Authenticated"),
                json!([]),
                json!(["another"]),
                json!(1),
                json!({"authenticated": true}),
                json!([["authenticated"]]),
            ],
        ),
        (
            "sub",
            vec![
                Value::Null,
                json!(""),
                json!(7),
                json!("a b"),
                json!("a\nb"),
                json!("a/../b"),
                json!("x".repeat(129)),
                json!(["ada"]),
                json!("operator"),
                json!("a\u{0}b"),
                json!("a'--"),
            ],
        ),
        (
            "role",
            vec![
                json!("anon"),
                json!("service_role"),
                json!("supabase_admin"),
                json!(""),
                json!(1),
                json!(["authenticated"]),
            ],
        ),
    ];
    let mut tried = 0;
    for (name, values) in cases {
        for value in values {
            assert!(!world.takes(&world.claiming(name, value.clone())).await, "{name} {value}");
            tried += 1;
        }
    }
    assert!(tried >= 50, "{tried}");
    let good = claims(issuer).to_string();
    let twice = |name: &str, value: &str| good.replacen('{', &format!("{{\"{name}\":{value},"), 1);
    for claims in [
        twice("sub", "\"eve\""),
        twice("exp", "1890000000"),
        twice("iss", "\"x\""),
        twice("aud", "\"authenticated\""),
        twice("role", "\"authenticated\""),
        format!("[{good}]"),
        "\"text\"".into(),
        "null".into(),
        String::new(),
        format!("{good}{good}"),
        good.replacen('{', "", 1),
        format!("\u{feff}{good}"),
    ] {
        assert!(!world.takes(&world.hs.signed(r#"{"alg":"HS256"}"#, &claims)).await, "{claims}");
    }
}

#[tokio::test]
async fn wrong_heads_and_keys_are_refused() {
    let world = World::new();
    let (hs, es, rs) = (&world.hs, &world.es, &world.rs);
    let again = |algorithm| Signer { key: rs.key.clone(), algorithm };
    let hmac = |algorithm| Signer { key: hs.key.clone(), algorithm };
    use jsonwebtoken::Algorithm::{HS384, HS512, PS256, RS384, RS512};
    let (jwk, mine) = (es.published("es"), Signer::es256());
    let point = format!("{}{}", jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
    let modulus = rs.published("rs")["n"].as_str().unwrap().to_owned();
    let secrets: Vec<Signer> = [
        "",
        "secret",
        &SECRET[1..],
        &SECRET.to_uppercase(),
        &b64(SECRET),
        &point,
        &modulus,
        &jwk.to_string(),
        "null",
    ]
    .iter()
    .map(|secret| Signer::hs256(secret.as_bytes()))
    .collect();
    let mut cases: Vec<(Value, &Signer)> = Vec::new();
    for alg in
        ["none", "None", "NONE", "", "hs256", "HS256 ", "HS384", "HS512", "ES256", "RS256", "ES256K", "null"]
    {
        cases.push((json!({"alg": alg}), hs));
    }
    let (hs384, hs512, ps256, rs384, rs512) =
        (hmac(HS384), hmac(HS512), again(PS256), again(RS384), again(RS512));
    cases.extend([(json!({"alg": "HS384"}), &hs384), (json!({"alg": "HS512"}), &hs512)]);
    for (alg, signer) in
        [("PS256", &ps256), ("RS384", &rs384), ("RS512", &rs512), ("RS256", &rs384), ("RS256", &ps256)]
    {
        cases.push((json!({"alg": alg, "kid": "rs"}), signer));
    }
    for kid in [
        "rs",
        "ed",
        "oct",
        "for-encryption",
        "for-another",
        "no-point",
        "strange",
        "",
        "ES",
        "es ",
        "../es",
        "' OR 1=1",
    ] {
        cases.push((json!({"alg": "ES256", "kid": kid}), es));
    }
    for (alg, kid) in
        [("RS256", "es"), ("EdDSA", "es"), ("ES384", "es"), ("none", "es"), ("HS256", "oct"), ("HS256", "es")]
    {
        cases.push((json!({"alg": alg, "kid": kid}), es));
    }
    cases.extend([
        (json!({"alg": "ES256"}), es),
        (json!({"alg": "ES256", "kid": 7}), es),
        (json!({"alg": "ES256", "kid": ["es"]}), es),
        (json!({"alg": ["ES256"], "kid": "es"}), es),
        (json!({"kid": "es"}), es),
        (json!({"alg": "ES256", "kid": "es"}), &mine),
        (json!({"alg": "ES256", "kid": "mine", "jwk": mine.published("mine")}), &mine),
        (json!({"alg": "ES256", "kid": "es", "jwk": mine.published("es")}), &mine),
        (json!({"alg": "ES256", "kid": "es", "jku": "http://127.0.0.1:9/keys"}), &mine),
        (json!({"alg": "ES256", "kid": "es", "x5u": "http://127.0.0.1:9/cert"}), &mine),
        (json!({"alg": "HS256", "crit": ["exp"]}), hs),
        (json!({"alg": "HS256", "crit": []}), hs),
        (json!({"alg": "HS256", "crit": null}), hs),
        (json!({"alg": "HS256", "crit": ["b64"], "b64": false}), hs),
        (json!({"alg": "HS256", "typ": "at+jwt"}), hs),
        (json!({"alg": "HS256", "typ": ""}), hs),
        (json!({"alg": "HS256", "typ": 1}), hs),
        (json!("HS256"), hs),
        (json!([{"alg": "HS256"}]), hs),
    ]);
    cases.extend(secrets.iter().map(|signer| (json!({"alg": "HS256", "kid": "../../dev/null"}), signer)));
    assert!(cases.len() >= 60, "{}", cases.len());
    for (head, signer) in &cases {
        assert!(!world.takes(&world.headed(head, signer)).await, "{head}");
    }
    let twice = r#"{"alg":"none","alg":"HS256"}"#;
    assert!(!world.takes(&hs.signed(twice, &claims(&world.issuer).to_string())).await);
    let without = world.publisher.house("");
    assert!(without.holder(&hs.good("any", &world.issuer), at(0)).await.is_none(), "no secret is set");
    let empty = Signer::hs256(b"").good("any", &world.issuer);
    assert!(without.holder(&empty, at(0)).await.is_none(), "no secret is no empty secret");
}

#[tokio::test]
async fn wrong_shapes_are_refused() {
    let world = World::new();
    let good = world.es.good("es", &world.issuer);
    assert!(world.takes(&good).await);
    let [head, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other = world.es.good("es", "https://other.example/auth/v1");
    let [_, other_body, other_signature] = other.split('.').collect::<Vec<_>>().try_into().unwrap();
    let padded = |part: &str| format!("{part}{}", "=".repeat((4 - part.len() % 4) % 4 + 1));
    let zeros = b64([0; 64]);
    let long = {
        let mut claims = claims(&world.issuer);
        claims["bio"] = json!("x".repeat(8192));
        world.hs.signed(r#"{"alg":"HS256"}"#, &claims.to_string())
    };
    for token in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        head.into(),
        format!("{head}.{body}"),
        format!("{head}.{body}."),
        format!(".{body}.{signature}"),
        format!("{head}..{signature}"),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{signature}"),
        format!("{head}.{body}.{body}.{body}.{signature}"),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{good}\0"),
        format!("Bearer {good}"),
        format!("{head}.{body}.{other_signature}"),
        format!("{head}.{other_body}.{signature}"),
        other.clone(),
        format!("{head}.{body}.{}", padded(signature)),
        format!("{}.{body}.{signature}", padded(head)),
        format!("{head}.{body}.{zeros}"),
        format!("{head}.{body}.{}", b64([0xff; 64])),
        format!("{head}.{body}.{}", b64([0; 63])),
        format!("{head}.{body}.{}", b64(b"0\x06\x02\x01\x01\x02\x01\x01")),
        format!("{head}.{body}.!!!!"),
        format!("{head}.{body}.{signature}{signature}"),
        format!("{head}.{body}.{}", &signature[..signature.len() - 1]),
        format!("{}.{body}.{signature}", b64(b"\xff\xfe")),
        format!("{}.{body}.", b64(br#"{"alg":"none"}"#)),
        format!("{}.{body}.{signature}", b64(br#"{"alg":"none","kid":"es"}"#)),
        good.replace('.', ","),
        good.to_uppercase(),
        "x".repeat(100_000),
        ".".repeat(8000),
        long,
    ] {
        assert!(!world.takes(&token).await, "{token}");
    }
}

#[tokio::test]
async fn a_token_with_any_bit_flipped_is_refused() {
    let world = World::new();
    let mut tried = 0;
    for (signer, kid) in [(&world.hs, "any"), (&world.es, "es"), (&world.ed, "ed")] {
        let good = signer.good(kid, &world.issuer);
        assert!(world.takes(&good).await);
        for place in 0..good.len() {
            // The eighth bit makes text that no header can carry, and no `str` is.
            for bit in 0..7 {
                let mut bytes = good.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let flipped = String::from_utf8(bytes).unwrap();
                assert!(!world.takes(&flipped).await, "{flipped}");
                tried += 1;
            }
        }
    }
    assert!(tried > 7000, "{tried}");
    assert!(world.publisher.asked() <= 2, "{}", world.publisher.asked());
}
