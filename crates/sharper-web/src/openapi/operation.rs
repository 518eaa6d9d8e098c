//! One operation of the description: what a route takes and answers is said by hand, who may come in and what it
//! counts towards is read from its row in the table of routes.

use std::borrow::Cow;

use axum::http::Method;
use serde_json::Value;
use sharper_domain::ProblemCode;
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::Header;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation as Described, OperationBuilder, Parameter};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::response::{Response, ResponseBuilder, ResponsesBuilder};
use utoipa::openapi::{Ref, RefOr, Required, Schema};

use super::{refusals, security};
use crate::door::table::{Access, Limit, Route};

/// Adds a schema and what it refers to, by name.
pub(super) type Need = fn(&mut Vec<(String, RefOr<Schema>)>);

/// Adds the schema of `T`.
pub(super) fn need<T: ToSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
    T::schemas(all);
    all.push((T::name().into_owned(), T::schema()));
}

/// What is said of one route.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Under which heading it stands.
    pub(super) tag: &'static str,
    summary: &'static str,
    description: &'static str,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    answers: Vec<(u16, Response)>,
    /// Problems of its own, besides those that its row and its body bring with them.
    pub(super) problems: Vec<ProblemCode>,
    /// Whether it answers without looking anything up, so that it has no problems at all.
    pub(super) still: bool,
    /// The schema in which its own problems are told.
    pub(super) told_as: Cow<'static, str>,
    /// Another shape for them, as plain JSON.
    pub(super) also_told_as: Option<(Ref, Value)>,
    /// Puts the schemas that are referred to among the components.
    pub(super) needs: Vec<Need>,
}

pub(super) fn get(path: &'static str) -> Operation {
    Operation::of(Method::GET, path)
}

pub(super) fn post(path: &'static str) -> Operation {
    Operation::of(Method::POST, path)
}

pub(super) fn put(path: &'static str) -> Operation {
    Operation::of(Method::PUT, path)
}

pub(super) fn delete(path: &'static str) -> Operation {
    Operation::of(Method::DELETE, path)
}

impl Operation {
    fn of(method: Method, path: &'static str) -> Self {
        Self {
            method,
            path,
            tag: "",
            summary: "",
            description: "",
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            problems: Vec::new(),
            still: false,
            told_as: "Problem".into(),
            also_told_as: None,
            needs: Vec::new(),
        }
    }

    /// Under which heading it stands.
    pub(super) fn in_group(self, tag: &'static str) -> Self {
        Self { tag, ..self }
    }

    /// What it does: in a few words, and in some more.
    pub(super) fn does(self, summary: &'static str, description: &'static str) -> Self {
        Self { summary, description, ..self }
    }

    /// A parameter of the path, the query or the head.
    pub(super) fn takes(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// A JSON body that must be there.
    pub(super) fn reads<T: ToSchema>(mut self, example: Value) -> Self {
        let content = ContentBuilder::new().schema(Some(self.named::<T>())).example(Some(example)).build();
        let body = RequestBodyBuilder::new().content("application/json", content);
        self.body = Some(body.required(Some(Required::True)).build());
        self
    }

    /// A form with files that must be there.
    pub(super) fn reads_form<T: ToSchema>(mut self) -> Self {
        let content = ContentBuilder::new().schema(Some(self.named::<T>())).build();
        let body = RequestBodyBuilder::new().content("multipart/form-data", content);
        self.body = Some(body.required(Some(Required::True)).build());
        self.problems.extend([
            ProblemCode::InvalidRequest,
            ProblemCode::RequestTimeout,
            ProblemCode::PayloadTooLarge,
            ProblemCode::UnsupportedMediaType,
        ]);
        self
    }

    /// A JSON answer.
    pub(super) fn gives<T: ToSchema>(mut self, status: u16, what: &'static str, example: Value) -> Self {
        let content = ContentBuilder::new().schema(Some(self.named::<T>())).example(Some(example)).build();
        self.answers.push((
            status,
            ResponseBuilder::new().description(what).content("application/json", content).build(),
        ));
        self
    }

    /// An answer of another kind, or of none.
    pub(super) fn answers(mut self, status: u16, response: impl Into<Response>) -> Self {
        self.answers.push((status, response.into()));
        self
    }

    /// A head of the last answer.
    pub(super) fn with_header(mut self, name: &str, header: Header) -> Self {
        if let Some((_, response)) = self.answers.last_mut() {
            response.headers.insert(name.to_owned(), header.into());
        }
        self
    }

    /// What can be done next with the last answer.
    pub(super) fn leads_to(mut self, name: &str, link: Link) -> Self {
        if let Some((_, response)) = self.answers.last_mut() {
            response.links.insert(name.to_owned(), link.into());
        }
        self
    }

    /// Problems of its own.
    pub(super) fn refuses(mut self, problems: &[ProblemCode]) -> Self {
        self.problems.extend(problems);
        self
    }

    /// Its problems have the fields of this schema.
    pub(super) fn tells_problems_as<T: ToSchema>(mut self) -> Self {
        self.needs.push(need::<T>);
        self.told_as = T::name();
        self
    }

    /// What gets as far as its handler is told in another shape than the problems of the doors before it.
    pub(super) fn tells_problems_also_as<T: ToSchema>(mut self, example: Value) -> Self {
        self.also_told_as = Some((self.named::<T>(), example));
        self
    }

    /// It looks nothing up.
    pub(super) fn still(self) -> Self {
        Self { still: true, ..self }
    }

    pub(super) fn reads_json(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.content.contains_key("application/json"))
    }

    /// Whether a part of its address can be wrong.
    pub(super) fn has_an_address_to_read(&self) -> bool {
        self.path.contains('{') || !self.parameters.is_empty()
    }

    fn named<T: ToSchema>(&mut self) -> Ref {
        self.needs.push(need::<T>);
        Ref::from_schema_name(T::name())
    }

    /// The operation, as the row of its route completes it. `open`: where nobody signs in.
    pub(super) fn of_row(mut self, row: &Route, open: bool) -> Described {
        let refusals = refusals::of(&self, row);
        let tell_id = |mut response: Response| {
            let id = Ref::new("#/components/headers/X-Request-Id");
            response.headers.insert("X-Request-Id".to_owned(), RefOr::Ref(id));
            response
        };
        let mut responses = ResponsesBuilder::new();
        let counted = row.limit != Limit::None;
        for (status, mut response) in self.answers.drain(..).chain(refusals) {
            if counted && !matches!(status, 401 | 403) {
                refusals::tell_what_is_left(&mut response);
            }
            responses = responses.response(status.to_string(), tell_id(response));
        }
        // Told before it is known what is asked for, and so without a body or a name.
        let head =
            ResponseBuilder::new().description("The address and the head have more than 16 KiB.").build();
        responses = responses.response("431", head);
        let operation = OperationBuilder::new()
            .tag(self.tag)
            .operation_id(Some(id(&self.method, self.path)))
            .summary(Some(self.summary))
            .description(Some(format!("{}\n\n{}", self.description, who(row.access)).trim()))
            .parameters(Some(self.parameters))
            .request_body(self.body)
            .responses(responses.build())
            .securities(Some(security::of(row, open)));
        operation.parameter_ref(Ref::new("#/components/parameters/X-Request-Id")).build()
    }
}

/// A name that does not change: the method and the path's words.
pub(super) fn id(method: &Method, path: &str) -> String {
    let words = path.split(['/', '-', '_', '{', '}', '.']).filter(|word| !word.is_empty());
    let capital = |word: &str| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
    format!("{}{}", method.as_str().to_lowercase(), words.map(capital).collect::<String>())
}

/// Who may come in, for people.
fn who(access: Access) -> &'static str {
    match access {
        Access::Anybody | Access::Open => "For anybody.",
        Access::SignedIn => "For whoever is signed in.",
        Access::User => "For whoever is signed in, unless the consent of their guardian is waited for.",
        Access::Stream => "For whoever is signed in, or has the ticket of this stream.",
        Access::Admin => "For administrators.",
    }
}
