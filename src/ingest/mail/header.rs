//! One header block -> the few headers that are looked at, in place. The subject is not among them.

use memchr::memchr;

/// Which header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    From,
    Sender,
    To,
    Cc,
    Bcc,
    Date,
    MessageId,
    InReplyTo,
    References,
    Labels,
    DeliveredTo,
    Received,
    ReturnPath,
    ListPost,
    /// One that rules speak of.
    Ruled,
}

/// A header: its name, and its value with the folds still in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'b> {
    pub(super) name: Name,
    pub(super) spelled: &'b [u8],
    pub(super) value: &'b [u8],
}

/// By length first: most headers are none of these.
const NAMES: &[(&[u8], Name)] = &[
    (b"from", Name::From),
    (b"sender", Name::Sender),
    (b"to", Name::To),
    (b"cc", Name::Cc),
    (b"bcc", Name::Bcc),
    (b"date", Name::Date),
    (b"message-id", Name::MessageId),
    (b"in-reply-to", Name::InReplyTo),
    (b"references", Name::References),
    (b"x-gmail-labels", Name::Labels),
    (b"delivered-to", Name::DeliveredTo),
    (b"received", Name::Received),
    (b"return-path", Name::ReturnPath),
    (b"list-post", Name::ListPost),
    (b"list-id", Name::Ruled),
    (b"list-unsubscribe", Name::Ruled),
    (b"precedence", Name::Ruled),
    (b"auto-submitted", Name::Ruled),
    (b"x-autoreply", Name::Ruled),
    (b"x-autorespond", Name::Ruled),
    (b"x-spam-flag", Name::Ruled),
    (b"x-spam-status", Name::Ruled),
    (b"content-type", Name::Ruled),
];

/// The headers that are looked at, in their order.
pub(super) fn headers<'b>(block: &'b [u8], into: &mut Vec<Header<'b>>) {
    into.clear();
    let mut at = 0;
    while at < block.len() {
        let start = at;
        at = end_of_line(block, at);
        // Folded lines belong to it.
        while block.get(at).is_some_and(|byte| *byte == b' ' || *byte == b'\t') {
            at = end_of_line(block, at);
        }
        let field = &block[start..at];
        let Some(colon) = memchr(b':', &field[..field.len().min(80)]) else { continue };
        let spelled = field[..colon].trim_ascii_end();
        let known = NAMES
            .iter()
            .find(|(name, _)| name.len() == spelled.len() && spelled.eq_ignore_ascii_case(name));
        if let Some((_, name)) = known {
            into.push(Header { name: *name, spelled, value: field[colon + 1..].trim_ascii() });
        }
    }
}

fn end_of_line(block: &[u8], at: usize) -> usize {
    memchr(b'\n', &block[at..]).map_or(block.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_headers_are_one_and_the_subject_is_not_looked_at() {
        let block =
            b"FROM: a\r\nSubject: From: b\r\nTo : c,\r\n\td\r\nno header\nX-Y: 1\nReceived: x\n";
        let mut found = Vec::new();
        headers(block, &mut found);
        let names: Vec<Name> = found.iter().map(|header| header.name).collect();
        assert_eq!(names, [Name::From, Name::To, Name::Received]);
        assert_eq!(found[1].value, b"c,\r\n\td");
    }
}
