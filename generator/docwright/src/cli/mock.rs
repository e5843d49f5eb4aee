//! Serving the samples: the address and the lines that a person sees.

use std::mem;
use std::net::{Ipv4Addr, TcpListener};

use docwright::mock::{Counts, Mock};
use docwright::report::counted;

use super::{
    Status,
    commands::{Failure, read},
    console::Console,
    ready::Served,
};

/// Serves until the process is ended.
pub fn serve(served: &Served, console: &Console) -> Result<Status, Failure> {
    let reading = &mut read(&served.docs, console)?.reading;
    let mut mock = Mock::new(mem::take(&mut reading.api), &reading.samples);
    if served.is_stateful {
        mock = mock.stateful();
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, served.port));
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = match bound {
        Ok(bound) => bound,
        Err(error) => {
            let port = served.port;
            console.error(&format!(
                "cannot listen on 127.0.0.1, port {port}: {error}; --port 0 uses a free port"
            ));
            return Ok(Status::Failed);
        }
    };
    console.talk(&summary(mock.counts()));
    console.result(&format!("http://{address}\n"))?;
    let mock = mock.log(|line| Console.talk(&format!("{line}\n")));
    match mock.serve(listener) {
        Ok(()) => Ok(Status::Done),
        Err(error) => {
            console.error(&format!("cannot serve: {error}"));
            Ok(Status::Failed)
        }
    }
}

/// Where the responses come from.
fn summary(counts: Counts) -> String {
    format!(
        "{}: {} with a sample, {} made from the type, {} without a body; press Ctrl-C to stop\n",
        counted(counts.operations, "operation"),
        counts.sampled,
        counts.made,
        counts.empty,
    )
}
