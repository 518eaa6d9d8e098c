//! Who you are: signing in, registering, a forgotten password, a guardian's consent.

mod consent;
pub(crate) mod fault;
mod password;
mod register;
mod sign_in;

pub use consent::{ConsentPage, ConsentState, WaitingPage};
pub use fault::FormFault;
pub use password::{ForgottenPage, NewPasswordPage};
pub use register::{RegisterForm, RegisterPage};
pub use sign_in::{OperatorPage, SignInNews, SignInPage, SignedOutPage};

/// The fewest characters of a password, as the pages say it and browsers check it. The server has the last word.
pub const PASSWORD_LEAST: u32 = 8;
