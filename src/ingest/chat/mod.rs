//! Chats: WhatsApp's text and Slack's export. Texts are read past; of Slack's, who is mentioned in them.

mod slack;
mod whatsapp;

pub(super) use slack::{Part, Slack, is_day, is_list, is_users, read as read_slack};
pub(super) use whatsapp::{Chat, Seen, is_chat, read as read_whatsapp};
