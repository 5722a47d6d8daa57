//! Rows of every LinkedIn layout: the first byte chooses the header, the second the line above it.
#![no_main]

const HEADERS: &[(&str, &str)] = &[
    ("Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On"),
    ("Connections.csv", "First Name,Last Name,Email Address,Company,Position,Connected On"),
    ("Connections.csv", "First Name;Last Name;URL;Email Address;Company;Position;Connected On"),
    ("Messages.csv", "From,To,Date,Subject,Content,Direction,Folder"),
    (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER",
    ),
    (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER",
    ),
    (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
    ),
    ("Invitations.csv", "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"),
    ("Invitations.csv", "From,To,Sent At,Message,Direction"),
    (
        "Endorsement_Received_Info.csv",
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status",
    ),
    (
        "Endorsement_Given_Info.csv",
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status",
    ),
    (
        "Recommendations_Given.csv",
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
    ),
    ("Recs.csv", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"),
    ("Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On"),
    (
        "Contacts.csv",
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,FullName",
    ),
    (
        "Notes.csv",
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On",
    ),
    ("Company Follows.csv", "Organization,Followed On"),
    ("Member_Follows.csv", "Date,Status,FullName"),
    ("Events.csv", "Event Name,Event Time,Status,External Url"),
    ("Shares.csv", "Date\tShareLink\tShareCommentary\tSharedURL\tMediaURL\tVisibility"),
    ("Votes.csv", "Date,Link,OptionText"),
    ("Comments.csv", "Date,Link,Message"),
    ("Reactions.csv", "Date,Type,Link"),
    ("InstantReposts.csv", "Date,Link"),
    ("Education.csv", "School Name,Start Date,End Date,Notes,Degree Name,Activities"),
    ("Volunteering.csv", "Company Name,Role,Cause,Started On,Finished On,Description"),
    ("Positions.csv", "Company Name,Title,Description,Location,Started On,Finished On"),
    ("Profile.csv", "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary"),
    ("Skills.csv", "Name"),
    ("Ad_Targeting.csv", "Company Names,Company Names"),
];
const ABOVE: &[&str] = &[
    "",
    "",
    "Notes:\n\"When exporting your connection data\"\n\n",
    "Notes:,,,\n",
    "\u{feff}",
    "\"open\n",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [header, above, rows @ ..] = data else { return };
    let (name, header) = HEADERS[usize::from(*header) % HEADERS.len()];
    let above = ABOVE[usize::from(*above) % ABOVE.len()];
    let bytes = [above.as_bytes(), header.as_bytes(), b"\n", rows].concat();
    weaktie_fuzz::check(name, &bytes);
});
