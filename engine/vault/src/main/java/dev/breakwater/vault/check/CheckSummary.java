package dev.breakwater.vault.check;

/// What a check looked at.
///
/// @param machines machines
/// @param points recovery points listed
/// @param pages pages of indexes read
/// @param frames frames of data opened (0 if only the structure was checked)
/// @param findings findings of all severities
/// @param critical critical ones among them
/// @param witnesses machines for which it was known from elsewhere how far the vault must reach; of the others
///     nobody
///     can tell whether the whole vault was rolled back
public record CheckSummary(
        int machines, int points, long pages, long frames, int findings, int critical, int witnesses) {

    /// Nothing looked at yet.
    static final CheckSummary EMPTY = new CheckSummary(0, 0, 0, 0, 0, 0, 0);

    CheckSummary plus(CheckSummary other) {
        return new CheckSummary(
                machines + other.machines,
                points + other.points,
                pages + other.pages,
                frames + other.frames,
                findings + other.findings,
                critical + other.critical,
                witnesses + other.witnesses);
    }
}
