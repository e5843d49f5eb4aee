//! Credentials that expire.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::{Error, TransportError};
use crate::runtime::Credentials;
use crate::runtime::credentials::Signature;

/// Gets credentials that expire, such as an access token.
///
/// The client asks for them before the first call, when they expire, and after a response
/// with the status 401; concurrent calls ask once. A function
/// `Fn() -> impl Future<Output = Result<Fresh, TransportError>>` is a source, too.
pub trait CredentialsSource: Send + Sync + 'static {
    /// Gets new credentials.
    ///
    /// # Errors
    /// The future's error is the reason why there are none.
    fn fetch(&self) -> CredentialsFuture<'_>;
}

/// The future that [`CredentialsSource::fetch`] returns.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Fresh, TransportError>> + Send + 'a>>;

impl<F, R> CredentialsSource for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Fresh, TransportError>> + Send + 'static,
{
    fn fetch(&self) -> CredentialsFuture<'_> {
        Box::pin(self())
    }
}

/// New credentials.
#[derive(Clone, Debug)]
pub struct Fresh {
    credentials: Credentials,
    expires: Option<Instant>,
}

impl Fresh {
    /// Sets the time after which the credentials expire, such as `expires_in` of OAuth 2.0.
    /// They are replaced a bit earlier.
    pub fn expires_in(self, time: Duration) -> Self {
        let early = Duration::from_secs(30).min(time / 10);
        let expires = Instant::now().checked_add(time - early);
        Self { expires, ..self }
    }
}

/// Credentials whose expiry only the server knows.
impl From<Credentials> for Fresh {
    fn from(credentials: Credentials) -> Self {
        let expires = None;
        Self {
            credentials,
            expires,
        }
    }
}

/// The client's credentials: fixed, or from a source.
#[derive(Clone)]
pub(super) enum Caller {
    Fixed(Arc<Signature>),
    Renewed(Arc<Renewed>),
}

/// How many times credentials had been fetched when these were handed out.
pub(super) type Age = u64;

pub(super) struct Renewed {
    source: Box<dyn CredentialsSource>,
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    age: Age,
    fresh: Option<(Arc<Signature>, Option<Instant>)>,
}

impl Caller {
    pub(super) fn renewed(source: impl CredentialsSource) -> Self {
        Self::Renewed(Arc::new(Renewed {
            source: Box::new(source),
            current: Mutex::default(),
        }))
    }

    /// The credentials to call with.
    pub(super) async fn credentials(&self) -> Result<(Arc<Signature>, Age), Error> {
        match self {
            Self::Fixed(credentials) => Ok((credentials.clone(), 0)),
            Self::Renewed(renewed) => renewed.credentials().await,
        }
    }

    /// Replaces credentials of this age, which the server refused. Returns whether there
    /// are new ones.
    pub(super) async fn renew(&self, age: Age) -> Result<bool, Error> {
        match self {
            Self::Fixed(_) => Ok(false),
            Self::Renewed(renewed) => renewed.renew(age).await.map(|()| true),
        }
    }
}

impl Renewed {
    async fn credentials(&self) -> Result<(Arc<Signature>, Age), Error> {
        let mut current = self.current.lock().await;
        let is_good = |expires: &Option<Instant>| expires.is_none_or(|it| Instant::now() < it);
        let fresh = current
            .fresh
            .as_ref()
            .filter(|(_, expires)| is_good(expires));
        if let Some((credentials, _)) = fresh {
            return Ok((credentials.clone(), current.age));
        }
        self.fetch(&mut current).await
    }

    async fn renew(&self, age: Age) -> Result<(), Error> {
        let mut current = self.current.lock().await;
        if current.age == age {
            self.fetch(&mut current).await?;
        }
        Ok(())
    }

    async fn fetch(&self, current: &mut Current) -> Result<(Arc<Signature>, Age), Error> {
        let Fresh {
            credentials,
            expires,
        } = self.source.fetch().await.map_err(Error::credentials)?;
        let credentials = Arc::new(Signature::from(credentials));
        current.age += 1;
        current.fresh = Some((credentials.clone(), expires));
        Ok((credentials, current.age))
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(credentials) => credentials.fmt(f),
            Self::Renewed(_) => f.write_str("Renewed { … }"),
        }
    }
}
