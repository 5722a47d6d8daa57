//! Which LinkedIn file is which, by its name: the last resort where a header does not tell.

/// Files with the headers of messages whose writers are not people.
const MACHINE_MESSAGES: &[&str] =
    &["guidemessages", "coachmessages", "learningcoachmessages", "learningroleplaymessages"];

/// Files of an export that say nothing about people.
const NOT_READ: &str = "\
    accountstatushistory adsclicked adtargeting articles causesyoucareabout certifications contacts courses \
    easyapplyanswers grouppostcomments groupposts hashtagfollows honors importedcontacts inferencesaboutyou jobapplications \
    jobapplicantsavedanswers jobapplicantsavedscreeningquestionresponses jobseekerpreferences lanadsengagement \
    languages learning logins marketplaceengagements marketplaceopportunities marketplaceplatform \
    marketplaceproviders onlinejobpostings organizations patents phonenumbers privateidentityasset \
    profilesummary projects providers publications receipts receiptslbp receiptsv2 registration reviews richmedia \
    savedanswers saveditems savedjobalerts savedjobs searchqueries securitychallenges \
    servicesmarketplaceengagements servicesmarketplaceproviders testscores verifications \
    whatsappphonenumbers";

/// The key of a file by its name: lower-case, without folder, `.csv`, spaces, underscores and a trailing number.
pub(in crate::ingest) fn file_key(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let base = base.strip_suffix(".gz").unwrap_or(&base);
    let base = base.strip_suffix(".csv").unwrap_or(base).trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered = base.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let base = match (numbered, base.rsplit_once('_')) {
        (Some((before, number)), _) if digits(number) => before,
        (_, Some((before, number))) if digits(number) => before,
        _ => base,
    };
    base.chars().filter(|c| !c.is_whitespace() && *c != '_').collect()
}

/// Whether the name is of a file that looks like messages but is not between people.
pub(in crate::ingest) fn is_machine_messages(file_key: &str) -> bool {
    MACHINE_MESSAGES.contains(&file_key)
}

/// Whether the name is of a LinkedIn file that says nothing about people.
pub(in crate::ingest) fn is_not_read(file_key: &str) -> bool {
    is_machine_messages(file_key) || NOT_READ.split_whitespace().any(|name| name == file_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gotcha_22_and_30_files_are_told_by_their_bare_name() {
        for name in ["Ad_Targeting.csv", "x/Ad Targeting.csv", "ad targeting (12).csv"] {
            assert_eq!(file_key(name), "adtargeting");
        }
        assert_eq!(file_key("e.zip/Shares_1024.csv"), "shares");
        assert_eq!(file_key("Connections (1).csv"), "connections");
        assert_eq!(file_key("Endorsement_Received_Info.csv"), "endorsementreceivedinfo");
        assert!(is_not_read("adtargeting") && is_not_read(&file_key("Saved_Items.csv")));
        assert!(is_machine_messages(&file_key("learning_coach_messages.csv")));
        assert!(!is_not_read("messages"));
    }
}
