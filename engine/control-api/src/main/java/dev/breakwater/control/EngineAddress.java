package dev.breakwater.control;

import java.net.URI;

/// Where a configuration server is reached.
///
/// @param host name or address; an IPv6 address without brackets
/// @param port HTTPS port
public record EngineAddress(String host, int port) {

    /// The port if none is named.
    public static final int DEFAULT_PORT = 443;

    public EngineAddress {
        if (host.isBlank() || host.length() > 255 || host.matches(".*[\\s/?#@].*")) {
            throw new IllegalArgumentException("\"" + host + "\" is not a host name or address.");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("A port lies between 1 and 65535: " + port);
        }
    }

    /// Reads `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public static EngineAddress parse(String text) {
        String trimmed = text.strip();
        try {
            if (trimmed.startsWith("[")) {
                int close = trimmed.indexOf(']');
                String rest = trimmed.substring(close + 1);
                return new EngineAddress(
                        trimmed.substring(1, close),
                        rest.isEmpty() ? DEFAULT_PORT : Integer.parseInt(rest.substring(1)));
            }
            int colon = trimmed.lastIndexOf(':');
            if (colon < 0 || trimmed.indexOf(':') != colon) {
                return new EngineAddress(trimmed, DEFAULT_PORT);
            }
            return new EngineAddress(trimmed.substring(0, colon), Integer.parseInt(trimmed.substring(colon + 1)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address of the form HOST:PORT.", e);
        }
    }

    /// The address of a resource on this server.
    URI resource(String path) {
        return URI.create("https://" + bracketed() + ":" + port + path);
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
