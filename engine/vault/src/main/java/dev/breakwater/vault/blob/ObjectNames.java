package dev.breakwater.vault.blob;

/// Which names objects may have: parts of `a-z 0-9 . _ -` with a slash between them, no part empty or
/// starting with a dot. Such a name is the same on every file system, in every URL and in every object store.
public final class ObjectNames {

    /// Characters of the longest name: every file system and object store takes it, below any folder.
    public static final int MAX_NAME_LENGTH = 200;

    private ObjectNames() {}

    /// The name itself, if it is one.
    ///
    /// @throws IllegalArgumentException if it is none
    public static String require(String name) {
        if (name.isEmpty() || name.endsWith("/") || !isPrefix(name)) {
            throw new IllegalArgumentException("Not the name of an object: \"" + name + "\"");
        }
        return name;
    }

    /// The prefix itself, if names may start so.
    ///
    /// @throws IllegalArgumentException if no name does
    public static String requirePrefix(String prefix) {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("No object's name starts so: \"" + prefix + "\"");
        }
        return prefix;
    }

    private static boolean isPrefix(String text) {
        if (text.length() > MAX_NAME_LENGTH) {
            return false;
        }
        char before = '/';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            boolean fits = before == '/' ? plain : plain || c == '.' || c == '/';
            if (!fits) {
                return false;
            }
            before = c;
        }
        return true;
    }
}
