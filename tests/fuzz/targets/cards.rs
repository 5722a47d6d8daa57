//! Address books: vCard, and the tables of Google and Outlook.
#![no_main]

const HEADS: &[(&str, &str)] = &[
    ("a.vcf", "BEGIN:VCARD\nVERSION:3.0\n"),
    ("a.vcf", "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:"),
    ("a.csv", "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n"),
    ("a.csv", "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value\n"),
    ("a.csv", "Title,First Name,Middle Name,Last Name,Company,Job Title,Business Street,E-mail Address,E-mail Type,E-mail 2 Address\n"),
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [head, rest @ ..] = data else { return };
    let (name, head) = HEADS[usize::from(*head) % HEADS.len()];
    weaktie_fuzz::check(name, &[head.as_bytes(), rest].concat());
});
