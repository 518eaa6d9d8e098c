//! Where a request comes from: the address of the connection, or what trusted proxies say of it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::connect_info::ConnectInfo;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use crate::App;
use crate::door::problem::Refusal;

/// The client's address, as far as it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl ClientAddress {
    /// Of a request. With `hops` trusted proxies in front, the last of them wrote the last entry of `X-Forwarded-For`, and
    /// the one that is `hops` from the end is the client's; whatever stands before it the client wrote itself. A request
    /// with fewer entries went around the proxies: then the connection counts.
    pub(crate) fn of(headers: &HeaderMap, extensions: &Extensions, hops: usize) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
        let entries: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let told =
            (hops > 0).then(|| entries.len().checked_sub(hops)).flatten().and_then(|at| parse(entries[at]));
        Self(told.unwrap_or(peer).to_canonical())
    }

    /// The network around it, /24 or /64: enough to know one's own by, and nobody's address.
    pub(crate) fn network(self) -> String {
        match self.0 {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(_) => self.key(),
        }
    }

    /// What requests of one client are counted under. Whoever has an IPv6 address has the 2^64 around it too.
    pub(crate) fn key(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

/// An address, with or without a port.
fn parse(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']');
    plain.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress
where
    App: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Ok(Self::of(&parts.headers, &parts.extensions, App::from_ref(state).settings.proxy_hops))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], hops: usize, expected: &str) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4321))));
        assert_eq!(ClientAddress::of(&headers, &extensions, hops).key(), expected, "{lines:?} {hops}");
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        check(&["1.2.3.4"], 0, "10.0.0.1");
        check(&[], 1, "10.0.0.1");
        check(&["1.2.3.4"], 1, "1.2.3.4");
        check(&["6.6.6.6, 1.2.3.4"], 1, "1.2.3.4");
        check(&["6.6.6.6", "1.2.3.4"], 1, "1.2.3.4");
        check(&["6.6.6.6, 1.2.3.4, 10.0.0.7"], 2, "1.2.3.4");
        check(&["1.2.3.4"], 2, "10.0.0.1");
        check(&["nonsense"], 1, "10.0.0.1");
    }

    #[test]
    fn a_network_is_not_an_address() {
        for (address, network) in [("1.2.3.4", "1.2.3.0/24"), ("2001:db8:1:2::9", "2001:db8:1:2::/64")] {
            assert_eq!(ClientAddress(address.parse().unwrap()).network(), network);
        }
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_make_no_other_client() {
        check(&["1.2.3.4:5678"], 1, "1.2.3.4");
        check(&["::ffff:1.2.3.4"], 1, "1.2.3.4");
        check(&["2001:db8:1:2:3:4:5:6"], 1, "2001:db8:1:2::/64");
        check(&["[2001:db8:1:2::9]:443"], 1, "2001:db8:1:2::/64");
    }
}
