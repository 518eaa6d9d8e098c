//! Embeddings: `POST /embeddings`, in batches, every vector checked.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use super::Remote;
use super::http::Failed;
use crate::{CallBudget, Cause, Cost, Embeddings, Error, TokenEstimate, Usage};

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [String],
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Vector>,
    #[serde(default)]
    usage: Value,
}

#[derive(Deserialize)]
struct Vector {
    #[serde(default)]
    index: Option<usize>,
    embedding: Vec<f32>,
}

/// What one call gives.
struct Batch {
    vectors: Vec<Vec<f32>>,
    usage: Usage,
    cost: Option<Cost>,
}

impl Remote {
    pub(crate) async fn vectors(&self, texts: &[String], budget: &CallBudget) -> Result<Embeddings, Error> {
        let none = || Error::Refused(Cause::new("no embedding model is configured"));
        let model = self.settings.embedding.model.clone().ok_or_else(none)?;
        let mut all = Embeddings {
            vectors: Vec::with_capacity(texts.len()),
            usage: Usage::default(),
            cost: Some(Cost { nano_usd: 0, reported: true }),
            model,
        };
        let lane = self.lane(&all.model);
        for batch in texts.chunks(self.settings.embedding.batch) {
            let deadline = Instant::now() + self.settings.timeouts.total;
            let Batch { vectors, usage, cost } = self
                .attempts(&lane, budget, deadline, |_place| {
                    self.embed_batch(&lane.model, batch, budget, deadline)
                })
                .await?;
            all.vectors.extend(vectors);
            all.usage.prompt_tokens = all.usage.prompt_tokens.saturating_add(usage.prompt_tokens);
            all.usage.estimated |= usage.estimated;
            all.cost = all.cost.zip(cost).map(|(sum, more)| Cost {
                nano_usd: sum.nano_usd.saturating_add(more.nano_usd),
                reported: sum.reported && more.reported,
            });
        }
        one_length(&all.vectors)?;
        Ok(all)
    }

    async fn embed_batch(
        &self,
        model: &str,
        batch: &[String],
        budget: &CallBudget,
        deadline: Instant,
    ) -> Result<Batch, Failed> {
        budget.take().map_err(Failed::reached)?;
        let request = Request { model, input: batch, encoding_format: "float" };
        let json = serde_json::to_vec(&request).expect("a request has only strings");
        let response = self.http.post("/embeddings", json, deadline).await?;
        if !response.status.is_success() {
            return Err(Failed::reached(self.refusal(response).await.error()));
        }
        let body = response.body.whole().await.map_err(Failed::reached)?;
        self.read_batch(model, batch, &body).map_err(Failed::reached)
    }

    fn read_batch(&self, model: &str, batch: &[String], body: &[u8]) -> Result<Batch, Error> {
        let answer: Answer =
            serde_json::from_slice(body).map_err(|_| Error::malformed("the answer is not embeddings"))?;
        let vectors = in_order(answer.data, batch.len())?;
        let wanted = self.settings.embedding.dimensions;
        if vectors.iter().any(|vector| wanted.is_some_and(|wanted| wanted != vector.len())) {
            return Err(Error::Refused(Cause::new("the vectors have not the length that is set")));
        }
        one_length(&vectors)?;
        let counted = answer.usage.get("prompt_tokens").and_then(Value::as_u64);
        let counted = counted.and_then(|count| u32::try_from(count).ok());
        let estimate = || batch.iter().map(|text| TokenEstimate::of(text)).fold(0, u32::saturating_add);
        let usage = Usage {
            prompt_tokens: counted.unwrap_or_else(estimate),
            completion_tokens: 0,
            estimated: counted.is_none(),
        };
        let reported = answer.usage.get("cost").and_then(Value::as_f64).and_then(Cost::reported);
        let cost = reported.or_else(|| self.settings.cost(model, &usage));
        Ok(Batch { vectors, usage, cost })
    }
}

/// The vectors in the order of their texts, one for each.
fn in_order(data: Vec<Vector>, texts: usize) -> Result<Vec<Vec<f32>>, Error> {
    let mut vectors: Vec<Option<Vec<f32>>> = vec![None; texts];
    for (place, vector) in data.into_iter().enumerate() {
        let slot = vectors.get_mut(vector.index.unwrap_or(place)).filter(|slot| slot.is_none());
        *slot.ok_or_else(|| Error::malformed("there are vectors for no text"))? = Some(vector.embedding);
    }
    let vectors: Option<Vec<Vec<f32>>> = vectors.into_iter().collect();
    vectors.ok_or_else(|| Error::malformed("there are texts without a vector"))
}

/// Vectors that can be compared: all of one length, not empty, every number finite.
fn one_length(vectors: &[Vec<f32>]) -> Result<(), Error> {
    let length = vectors.first().map_or(0, Vec::len);
    let good =
        |vector: &Vec<f32>| vector.len() == length && length > 0 && vector.iter().all(|x| x.is_finite());
    match vectors.iter().all(good) {
        true => Ok(()),
        false => Err(Error::malformed("the vectors cannot be compared")),
    }
}
