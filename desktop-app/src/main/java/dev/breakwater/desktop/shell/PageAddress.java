package dev.breakwater.desktop.shell;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a page is: `breakwater://machines?health=critical`, `breakwater://machine/9f…`. Can be kept and sent by mail.
///
/// @param page which page, one lower-case word
/// @param id what it shows; empty if there is only one
/// @param parameters how it shows it, for example filters
public record PageAddress(String page, String id, Map<String, String> parameters) {

    private static final String SCHEME = "breakwater://";

    /// Addresses come from mails too; a longer one is no address of ours.
    private static final int MAX_LENGTH = 2000;

    public PageAddress {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// A page that shows one thing only.
    public static PageAddress of(String page) {
        return new PageAddress(page, "", Map.of());
    }

    /// A page of one thing among several.
    public static PageAddress of(String page, String id) {
        return new PageAddress(page, id, Map.of());
    }

    /// The same page with one parameter more; an empty value takes it away.
    public PageAddress with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            changed.remove(parameter);
        } else {
            changed.put(parameter, value);
        }
        return new PageAddress(page, id, changed);
    }

    /// A parameter, empty if it is not given.
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Reads an address; nothing if it is none of ours.
    public static Optional<PageAddress> parse(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String rest = text.substring(SCHEME.length());
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        int slash = path.indexOf('/');
        String page = slash < 0 ? path : path.substring(0, slash);
        if (!page.matches("[a-z][a-z-]*")) {
            return Optional.empty();
        }
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (question >= 0) {
                for (String pair : rest.substring(question + 1).split("&", -1)) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                    }
                }
            }
            return Optional.of(new PageAddress(page, slash < 0 ? "" : decoded(path.substring(slash + 1)), parameters));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String query = parameters.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
        return SCHEME + page + (id.isEmpty() ? "" : "/" + encoded(id)) + (query.isEmpty() ? "" : "?" + query);
    }
}
