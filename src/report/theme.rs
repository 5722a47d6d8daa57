//! Colours, type sizes and spacing of the report (`DESIGN.md` part 2).
//!
//! Responsible for every literal of the design: nothing else in the report spells a colour or a type size. Each
//! token has its own light hex, because [`super::svg`] recognises a token by the colour plotters hands it; where
//! the palette gives two tokens one colour, the later is one step off, which no eye can see.

/// A named colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Token {
    /// The page.
    Paper,
    /// This week's cards.
    Card,
    /// Text.
    Ink,
    /// Secondary text.
    Ink2,
    /// Axes and captions.
    Ink3,
    /// Hairlines and straits.
    Rule,
    /// Gridlines and empty tracks.
    Grid,
    /// Unknown, unnamed.
    Unk,
    /// What needs the owner.
    Accent,
    /// The owner, this quarter.
    Me,
    /// The other side.
    Them,
    /// Amounts, palest.
    Seq1,
    /// Amounts.
    Seq2,
    /// Amounts.
    Seq3,
    /// Amounts, darkest.
    Seq4,
    /// A number on the third amount.
    OnSeq3,
    /// A number on the darkest amount.
    OnSeq,
    /// Community A.
    C1,
    /// Community B.
    C2,
    /// Community C.
    C3,
    /// Community D.
    C4,
    /// Community E.
    C5,
    /// Community F.
    C6,
    /// Community G.
    C7,
}

impl Token {
    /// Every token.
    pub(crate) const ALL: [Self; 24] = [
        Self::Paper,
        Self::Card,
        Self::Ink,
        Self::Ink2,
        Self::Ink3,
        Self::Rule,
        Self::Grid,
        Self::Unk,
        Self::Accent,
        Self::Me,
        Self::Them,
        Self::Seq1,
        Self::Seq2,
        Self::Seq3,
        Self::Seq4,
        Self::OnSeq3,
        Self::OnSeq,
        Self::C1,
        Self::C2,
        Self::C3,
        Self::C4,
        Self::C5,
        Self::C6,
        Self::C7,
    ];

    /// Name, light and dark colour.
    const fn spec(self) -> (&'static str, u32, u32) {
        match self {
            Self::Paper => ("paper", 0x00FC_FBF8, 0x0014_171A),
            Self::Card => ("card", 0x00FF_FFFF, 0x001B_1F23),
            Self::Ink => ("ink", 0x001B_1F24, 0x00EC_EAE4),
            Self::Ink2 => ("ink2", 0x004A_5058, 0x00B9_BCC0),
            Self::Ink3 => ("ink3", 0x0066_6C73, 0x0096_9CA2),
            Self::Rule => ("rule", 0x00D9_D5CB, 0x0038_3D43),
            Self::Grid => ("grid", 0x00EB_E8E0, 0x0025_2A2F),
            Self::Unk => ("unk", 0x00B4_B0A6, 0x006B_7076),
            Self::Accent => ("accent", 0x00B5_361C, 0x00FF_8A5C),
            Self::Me => ("me", 0x002F_4B66, 0x009C_BAD8),
            Self::Them => ("them", 0x0078_90A8, 0x005F_7D9B),
            Self::Seq1 => ("seq1", 0x00DD_E5EC, 0x0022_303D),
            Self::Seq2 => ("seq2", 0x00B1_C3D4, 0x0034_4E66),
            Self::Seq3 => ("seq3", 0x0071_93B3, 0x0063_89AE),
            Self::Seq4 => ("seq4", 0x002F_4B67, 0x009C_BAD8),
            Self::OnSeq3 => ("onseq3", 0x0010_151A, 0x0014_171A),
            Self::OnSeq => ("onseq", 0x00FF_FFFE, 0x0014_171A),
            Self::C1 => ("c1", 0x0023_69B0, 0x004F_7FD0),
            Self::C2 => ("c2", 0x0042_A18B, 0x002F_C4AC),
            Self::C3 => ("c3", 0x00C4_8218, 0x00E6_CF6A),
            Self::C4 => ("c4", 0x00A5_7FDB, 0x00A4_9BFC),
            Self::C5 => ("c5", 0x0028_336F, 0x00C7_EBFD),
            Self::C6 => ("c6", 0x0078_526A, 0x0096_7F94),
            Self::C7 => ("c7", 0x006C_042D, 0x00B1_3F5A),
        }
    }

    /// The name used in classes and CSS variables.
    pub(crate) const fn name(self) -> &'static str {
        self.spec().0
    }

    /// The light colour.
    pub(crate) const fn rgb(self) -> (u8, u8, u8) {
        let [_, red, green, blue] = self.spec().1.to_be_bytes();
        (red, green, blue)
    }

    /// The token with this light colour.
    pub(crate) fn of_rgb(rgb: (u8, u8, u8)) -> Option<Self> {
        Self::ALL.into_iter().find(|token| token.rgb() == rgb)
    }

    /// The light colour as `#RRGGBB`.
    pub(crate) fn light(self) -> String {
        format!("#{:06X}", self.spec().1)
    }

    /// The dark colour as `#RRGGBB`.
    fn dark(self) -> String {
        format!("#{:06X}", self.spec().2)
    }

    /// The colour of a community by its letter; an eighth and later, and nobody's, are grey.
    pub(crate) fn community(letter: Option<&str>) -> Self {
        match letter {
            Some("A") => Self::C1,
            Some("B") => Self::C2,
            Some("C") => Self::C3,
            Some("D") => Self::C4,
            Some("E") => Self::C5,
            Some("F") => Self::C6,
            Some("G") => Self::C7,
            _ => Self::Unk,
        }
    }
}

/// The style sheet's variables and the classes of [`super::svg`], light and dark.
pub(crate) fn css() -> String {
    let list = |pick: fn(Token) -> String| {
        Token::ALL
            .into_iter()
            .map(|token| format!("--{}:{};", token.name(), pick(token)))
            .collect::<Vec<String>>()
            .concat()
    };
    let (light, dark) = (list(Token::light), list(Token::dark));
    let classes = Token::ALL
        .into_iter()
        .map(|token| {
            let name = token.name();
            format!(".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}")
        })
        .collect::<Vec<String>>()
        .concat();
    format!(
        ":root{{{light}color-scheme:light}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}color-scheme:dark}}}}\n\
         @media screen{{:root[data-theme=dark]{{{dark}color-scheme:dark}}}}\n{classes}\n"
    )
}

/// Chart type: captions and axes.
pub(crate) const SMALL: f64 = 12.0;
/// Chart type: names.
pub(crate) const NAME: f64 = 13.0;
/// Chart type: titles of regions.
pub(crate) const REGION: f64 = 14.0;
/// Smallest type allowed in a drawing.
#[cfg(test)]
pub(crate) const SMALLEST: f64 = 11.5;

/// A gridline.
pub(crate) const GRIDLINE: f64 = 1.0;
/// A data line.
pub(crate) const DATA: f64 = 2.5;
/// Last quarter's line and outlines.
pub(crate) const OUTLINE: f64 = 1.5;
/// A leader.
pub(crate) const LEADER: f64 = 0.75;
/// A ring.
pub(crate) const RING: f64 = 2.0;
/// A lollipop's stem.
pub(crate) const STEM: f64 = 4.0;

/// Width of the main column.
pub(crate) const WIDE: f64 = 816.0;
/// Width of half the main column.
pub(crate) const HALF: f64 = 392.0;
/// Width on a phone.
pub(crate) const PHONE: f64 = 328.0;

/// Whether a drawing of this width is one for a phone.
pub(crate) fn is_phone(width: f64) -> bool {
    width < f64::midpoint(PHONE, WIDE)
}
