//! The settings of git: what they are, and, where the user asks for it, what they become.

use super::Git;

impl Git {
    /// Whether git would colour what it writes, by a setting such as `color.diff`, `color.ui` and whether it writes
    /// to a terminal or through a pager to one. No, if git cannot be asked.
    #[must_use]
    pub fn wants_colour(&self, setting: &str, is_terminal: bool) -> bool {
        let is_terminal = if is_terminal { "true" } else { "false" };
        self.run(&["config", "--get-colorbool", setting, is_terminal]).is_ok_and(|said| said == b"true\n")
    }
}

/// Whether the file that git has us compare is the last of its diff. Yes, where git does not count.
#[must_use]
pub fn is_last_in_diff(git: &Git) -> bool {
    let number = |name: &str| git.variable(name)?.to_str()?.parse::<u64>().ok();
    match (number("GIT_DIFF_PATH_COUNTER"), number("GIT_DIFF_PATH_TOTAL")) {
        (Some(counter), Some(total)) => counter >= total,
        _ => true,
    }
}
