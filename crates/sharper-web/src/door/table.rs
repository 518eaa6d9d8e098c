//! How a row of the route table is said: which methods, who may come in, and what is counted.
//!
//! A row that says nothing about it lets in nobody but a signed-in user. The table stays readable after it is built,
//! so that tests and the API description can go through every route there is.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::{guard, limits};
use crate::App;

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, and nobody asks who it is: the store is not touched for it.
    Anybody,
    /// Anybody. A caller who is signed in is known all the same.
    Open,
    /// Whoever is signed in, also while the consent of their guardian is waited for.
    SignedIn,
    /// Whoever is signed in and may use the house.
    User,
    /// A user, or whoever holds a ticket for the stream that the address names.
    Stream,
    /// An administrator, or whoever has the admin token.
    Admin,
}

impl Access {
    /// Whether anybody may come in.
    pub fn is_open(self) -> bool {
        matches!(self, Access::Anybody | Access::Open)
    }
}

/// What a request counts towards. `config/default.toml` says how many are let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Nothing.
    None,
    /// Requests that start work.
    Generate,
    /// One agent alone, and work that is waited for.
    Agents,
    /// Lists of what was made.
    Content,
    /// Forms with files.
    Upload,
    /// Passwords and links that are tried.
    SignIn,
}

/// One method of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{names}` for its variable parts.
    pub path: &'static str,
    /// Who may come in.
    pub access: Access,
    /// What it counts towards.
    pub limit: Limit,
}

/// The methods of one path, each with its handler.
pub(crate) struct Methods(Vec<(Method, Access, Limit, MethodRouter<App>)>);

/// A row that begins with `GET`.
pub(crate) fn get<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods(Vec::new()).and(MethodFilter::GET, Method::GET, handler)
}

/// A row that begins with `POST`.
pub(crate) fn post<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods(Vec::new()).post(handler)
}

/// A row that begins with `PUT`.
pub(crate) fn put<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods(Vec::new()).put(handler)
}

/// A row that begins with `DELETE`.
pub(crate) fn delete<H: Handler<T, App>, T: 'static>(handler: H) -> Methods {
    Methods(Vec::new()).delete(handler)
}

impl Methods {
    fn and<H: Handler<T, App>, T: 'static>(
        mut self,
        filter: MethodFilter,
        method: Method,
        handler: H,
    ) -> Self {
        self.0.push((method, Access::User, Limit::None, on(filter, handler)));
        self
    }

    /// And `POST`.
    pub(crate) fn post<H: Handler<T, App>, T: 'static>(self, handler: H) -> Self {
        self.and(MethodFilter::POST, Method::POST, handler)
    }

    /// And `PUT`.
    pub(crate) fn put<H: Handler<T, App>, T: 'static>(self, handler: H) -> Self {
        self.and(MethodFilter::PUT, Method::PUT, handler)
    }

    /// And `DELETE`.
    pub(crate) fn delete<H: Handler<T, App>, T: 'static>(self, handler: H) -> Self {
        self.and(MethodFilter::DELETE, Method::DELETE, handler)
    }

    /// Lets others in than signed-in users, by all the methods so far.
    pub(crate) fn for_(mut self, who: Access) -> Self {
        for (_, access, _, _) in &mut self.0 {
            *access = who;
        }
        self
    }

    /// Counts the last method's requests.
    pub(crate) fn counted(mut self, towards: Limit) -> Self {
        if let Some((_, _, limit, _)) = self.0.last_mut() {
            *limit = towards;
        }
        self
    }
}

/// The table while it is written down.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<(Route, MethodRouter<App>)>,
}

impl Table {
    /// A row.
    pub(crate) fn route(mut self, path: &'static str, methods: Methods) -> Self {
        for (method, access, limit, handler) in methods.0 {
            self.rows.push((Route { method, path, access, limit }, handler));
        }
        self
    }

    /// Every route, in the order of the table.
    pub(crate) fn routes(&self) -> Vec<Route> {
        self.rows.iter().map(|(route, _)| route.clone()).collect()
    }

    /// The router, with what each row asks for before its handler: the guard, then the limit.
    pub(crate) fn build(self, app: &App) -> Router<App> {
        self.rows.into_iter().fold(Router::new(), |router, (route, handler)| {
            let path = route.path;
            let handler = match route.limit {
                Limit::None => handler,
                _ => {
                    let gate = limits::Gate::new(app, &route);
                    handler.route_layer(axum::middleware::from_fn_with_state(gate, limits::layer))
                }
            };
            let guard = axum::middleware::from_fn_with_state(guard::Guard::new(app, route), guard::layer);
            router.route(path, handler.route_layer(guard))
        })
    }
}
