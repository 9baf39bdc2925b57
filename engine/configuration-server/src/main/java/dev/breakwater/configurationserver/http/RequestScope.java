package dev.breakwater.configurationserver.http;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlConnection;
import dev.breakwater.platform.log.LogContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/// Gives each request an identity: it is in every log line of the request, in the audit log, in a header of the answer
/// and in the words of a refusal, so that a person with an error message finds the lines that belong to it. A caller
/// cannot choose it: two requests never share one.
final class RequestScope implements Filter {

    /// Attribute of the request, a [UUID].
    private static final String IDENTITY = "breakwater.request";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        UUID id = request.getAttribute(IDENTITY) instanceof UUID known ? known : UUID.randomUUID();
        request.setAttribute(IDENTITY, id);
        if (response instanceof HttpServletResponse http) {
            http.setHeader(ControlConnection.REQUEST_ID, id.toString());
        }
        try (LogContext.Scope _ = LogContext.request(id.toString())) {
            chain.doFilter(request, response);
        }
    }

    /// The identity of a request that has passed this filter.
    static UUID of(ServletRequest request) {
        if (request.getAttribute(IDENTITY) instanceof UUID id) {
            return id;
        }
        throw new IllegalStateException("A request came past the filter that names it.");
    }

    /// The refusal, with the request it answers.
    static ApiError named(ApiError error) {
        return error.of(LogContext.currentRequest());
    }
}
