package dev.breakwater.desktop.setup;

/// Words of a command line as a POSIX shell reads them.
final class CommandWords {

    private CommandWords() {}

    /// A word that the shell hands over as it is.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
