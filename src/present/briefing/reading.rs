//! How to read a briefing: what the figures mean and what they cannot tell.

use std::borrow::Cow;

use super::BriefingReport;
use super::block::Block;
use crate::engine::Basis;
use crate::present::words::{method_words, rounded, thousands};

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn reading(&self) -> Vec<Block<'_>> {
        let score = method_words(self.scored.method).making;
        let priors = if self.has_priors() {
            "The analysts gave them: how probable each hypothesis was before this evidence. Only the posterior uses \
             them."
        } else {
            "Probabilities before the evidence. None are given, so every hypothesis, or every family of cases of one \
             idea, starts level. Only the posterior uses them."
        };
        let robustness = self.robustness.figures();
        let basis = match robustness.basis {
            Basis::Exact => "worked out exactly, over every way in which the ratings may turn out".to_owned(),
            Basis::Draws { draws, seed } => {
                format!("estimated from {} random draws with seed {seed}", thousands(draws as usize))
            }
        };
        let off = format!(
            "A rating stays as it is in 90, 70 or 50 of 100 cases, by its confidence high, medium or low; otherwise it is \
             one step off, and a blank may take any rating. So {} of {} ratings move at once on average. These shares \
             are conventions, not measurements, and the ratings move independently of each other, so that figures are \
             too sure where items depend on each other. They are {basis}.",
            rounded(robustness.moving, 1),
            thousands(robustness.cells)
        );
        let questions: [(&str, Cow<'static, str>); 6] = [
            (
                "What does a rating mean?",
                Cow::Borrowed(
                    "It answers one question: if this hypothesis were true, how expected would this item be? Very \
                     consistent (CC), consistent (C), neutral (N), inconsistent (I), very inconsistent (II), or not \
                     applicable (NA). A blank is not rated yet and counts as nothing.",
                ),
            ),
            ("What is the score?", Cow::Borrowed(score)),
            (
                "What is it not?",
                Cow::Borrowed(
                    "It is not a measure of how true a hypothesis is, and if the right answer is not on the list, no \
                     count can find it. It orders the judgements of the analysts and shows which of them matter.",
                ),
            ),
            ("What does \u{201c}a step off\u{201d} mean?", Cow::Owned(off)),
            ("What are priors?", Cow::Borrowed(priors)),
            (
                "What did tests of the method find?",
                Cow::Borrowed(
                    "Tests on analysts found little or no gain in accuracy over unaided judgement (Dhami, Belton and \
                     Mandel 2019; Whitesmith 2019), no gain in coherence, and weights that missed what was diagnostic \
                     (Karvetski and Mandel 2020), while recalibrating and aggregating judgements did help (Mandel, \
                     Karvetski and Dhami 2018). Nobody has measured how much noise it adds to take judgements apart \
                     (Chang, Berdini, Mandel and Tetlock 2017). Hence every ranking here stands beside what would \
                     change it.",
                ),
            ),
        ];
        let mut blocks = Vec::new();
        for (question, answer) in questions {
            blocks.push(Block::heading(question));
            blocks.push(Block::body(answer));
        }
        if !self
            .scored
            .scenario
            .hypotheses
            .iter()
            .any(|hypothesis| hypothesis.is_active() && hypothesis.is_residual())
        {
            let text = "No hypothesis stands for \u{201c}something else\u{201d}: if the answer is not on the list, this \
                        page cannot find it.";
            blocks.push(Block::body(text));
        }
        blocks.push(Block::heading("To cite it"));
        blocks.push(Block::body(self.head().citation));
        blocks
    }
}
