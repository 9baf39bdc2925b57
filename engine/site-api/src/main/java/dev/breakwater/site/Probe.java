package dev.breakwater.site;

/// A sign of life that is asked of a recovered machine.
public sealed interface Probe {

    /// What is asked, in words for people.
    String description();

    /// The machine prints a text on its first serial line.
    ///
    /// @param text part of what is printed, not empty
    record SerialText(String text) implements Probe {

        public SerialText {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("A serial probe needs a text to wait for.");
            }
        }

        @Override
        public String description() {
            return "serial line shows \"" + text + "\"";
        }
    }

    /// A web server in the machine answers with a success status.
    ///
    /// @param port TCP port in the machine
    /// @param path what is fetched, begins with a slash
    /// @param expected part of the answer, or empty if any answer will do
    record HttpAnswer(int port, String path, String expected) implements Probe {

        public HttpAnswer {
            if (port < 1 || port > 65_535 || !path.startsWith("/")) {
                throw new IllegalArgumentException("Not an HTTP probe: port " + port + ", path \"" + path
                        + "\". Give PORT:PATH, for example 8080:/content.txt.");
            }
        }

        /// Reads `PORT:PATH`.
        ///
        /// @throws IllegalArgumentException if the text is something else
        public static HttpAnswer parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 1 || !text.substring(0, colon).matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "Not an HTTP probe: \"" + text + "\". Give PORT:PATH, for example 8080:/content.txt.");
            }
            String path = text.substring(colon + 1);
            return new HttpAnswer(
                    Integer.parseInt(text.substring(0, colon)), path.startsWith("/") ? path : "/" + path, "");
        }

        @Override
        public String description() {
            return "HTTP " + port + ":" + path + (expected.isEmpty() ? "" : " holds \"" + expected + "\"");
        }
    }

    /// A TCP service in the machine accepts a connection and either speaks or keeps it open.
    ///
    /// @param port TCP port in the machine
    record TcpAnswer(int port) implements Probe {

        public TcpAnswer {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("not a TCP port: " + port);
            }
        }

        @Override
        public String description() {
            return "TCP port " + port;
        }
    }
}
