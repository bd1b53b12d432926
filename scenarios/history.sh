#!/bin/sh
# Builds a small git repository in DIR (default: border-history) whose history is worth looking at: the case of the
# Tajik border as it could have grown from 27 November 2025 on, rated by Ann, doubted by Bob, merged and settled.
# Who said what on which day is made up; the case is that of tajik-border.toml. Needs ach and git on the PATH.
set -eu
case_file=$(cd "$(dirname "$0")" && pwd)/tajik-border.toml
dir=${1:-border-history}
[ ! -e "$dir" ] || { echo "$dir is there already" >&2; exit 1; }
mkdir -p "$dir"
cd "$dir"
git init -q -b main
git config user.name Ann
git config user.email ann@example.org
ach git install >/dev/null

# commit NAME DAY MESSAGE
commit() {
    git add -A
    GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_AUTHOR_DATE="$2T18:00:00Z" GIT_COMMITTER_DATE="$2T18:00:00Z" \
        git commit -q -m "$3"
}

# The case without what became known after a day; the ids are those of the later items.
without() {
    cp "$case_file" border.ach.toml
    # The schema is not in this repository.
    sed -i.bak '/^#:schema/d' border.ach.toml && rm border.ach.toml.bak
    ach set -q border.ach.toml as_of "$1"
    ach set -q border.ach.toml conclusion --unset
    shift
    for id in "$@"; do ach rm -q border.ach.toml "evidence:$id"; done
}

december='afghan-side-spared from-afghan-side no-claim blame-unexplained maymai-arrests muttaqi-statement
    culprit-unnamed inspection-allowed joint-condemnation answers-awaited'
second_attack='attack-30-nov different-weapons location-pattern'

# shellcheck disable=SC2086 # lists of ids
without 2025-11-27 $december $second_attack
commit Ann 2025-11-27 "What is known the day after the first attack"
# shellcheck disable=SC2086
without 2025-11-30 $december
commit Ann 2025-11-30 "The second attack"
without 2025-12-04
commit Ann 2025-12-04 "Nobody claims it, and the Taliban speak"

git switch -q -c bob
ach set -q border.ach.toml no-claim etim I --note "Its own media are quick to claim what it did."
ach set -q border.ach.toml border-post-spared jamaat-ansarullah N
commit Bob 2025-12-05 "Doubt that ETIM would keep silent"
ach set -q border.ach.toml drone-strike-20-nov smugglers CC
commit Bob 2025-12-06 "The drone strike is a motive"

git switch -q main
ach set -q border.ach.toml no-claim etim N --note "It has kept silent before."
ach set -q border.ach.toml drone-strike-20-nov smugglers C --confidence low
commit Ann 2025-12-06 "Second thoughts after a day"

git branch ann
GIT_AUTHOR_DATE=2025-12-07T18:00:00Z GIT_COMMITTER_DATE=2025-12-07T18:00:00Z git merge -q bob >/dev/null 2>&1 || true
ach resolve border.ach.toml --theirs >/dev/null
commit Ann 2025-12-07 "Merge Bob's doubts: silence is unlike ETIM"

echo "$dir has $(git rev-list --count main) commits and the branches ann and bob. Look at it:"
cat <<'LOOK'
  ach log border.ach.toml --graph
  ach diff HEAD~1 -- border.ach.toml
  ach blame border.ach.toml no-claim
  ach timeline border.ach.toml
  ach team ann:border.ach.toml bob:border.ach.toml    (copies of one start, so their agreement says nothing)
LOOK
