package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.OpenApi;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening port.
public final class HttpsPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpsPort.class);

    /// Longer than a held-back request; a connection on which nothing happens is then closed.
    private static final long IDLE_MILLIS = 60_000;

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /// Five thousand machines with two connections each, which then wait in the backlog instead of in memory.
    private static final int MAX_CONNECTIONS = 10_000;

    private final Javalin javalin;
    private final Thread watch;

    private HttpsPort(Javalin javalin, Connections connections) {
        this.javalin = javalin;
        this.watch = Thread.ofPlatform().name("connection-watch").daemon(true).start(() -> {
            try {
                while (true) {
                    Thread.sleep(1000);
                    connections.closeDawdlers();
                }
            } catch (InterruptedException e) {
                LOG.debug("The watch over connections ends.");
            }
        });
    }

    /// Opens the port.
    ///
    /// @param port 0 for any free one
    /// @param identity shown to whoever connects; a renewed one is shown from then on
    /// @param connections keeps account of those that stand
    /// @throws IOException if the port cannot be listened on
    public static HttpsPort open(int port, LiveIdentity identity, Connections connections, Services services)
            throws IOException {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = ControlJson.MAX_BODY_BYTES;
            config.jetty.modifyServletContextHandler(context -> context.addFilter(
                    new RequestScope(), "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC)));
            config.jetty.addConnector((server, http) -> connector(server, identity, connections, port));
            Gate gate = new Gate(services.registrations(), services.audit(), connections, System::nanoTime);
            var _ = resources(config, gate, services);
            errors(config);
        });
        try {
            return new HttpsPort(javalin.start(), connections);
        } catch (JavalinException e) {
            javalin.stop();
            throw new IOException(
                    "The configuration server cannot listen on port " + port + ", so nothing was started: "
                            + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + ". Stop what uses the port, choose another with --https-port, or, for a port below 1024,"
                            + " start as root.",
                    e);
        }
    }

    /// The port that is listened on.
    public int port() {
        return javalin.port();
    }

    static Routes resources(JavalinConfig config, Gate gate, Services services) {
        Routes routes = new Routes(config.routes, gate, services.audit());
        new PeerRoutes(services).addTo(routes);
        new AdminRoutes(services).addTo(routes);
        EventStream stream = new EventStream(services.database());
        routes.getRaw(
                AdminPaths.EVENT_STREAM, exchange -> stream.send(exchange.context(), exchange.number("after", 0)));
        routes.getText(OpenApi.PATH, "application/yaml", OpenApi.text());
        return routes;
    }

    private static void errors(JavalinConfig config) {
        config.routes.exception(Refusal.class, (refusal, context) -> {
            LOG.info(
                    "{} {} was refused ({}): {}",
                    context.method(),
                    context.path(),
                    refusal.status(),
                    refusal.getMessage());
            answer(context, refusal.status(), refusal.error());
        });
        config.routes.exception(
                HttpResponseException.class,
                (refusal, context) -> answer(
                        context,
                        refusal.getStatus(),
                        new ApiError(
                                "http-" + refusal.getStatus(),
                                "The request was refused.",
                                "Nothing was changed.",
                                String.valueOf(refusal.getMessage()),
                                "Look at openapi.yaml for what may be asked.")));
        config.routes.exception(Exception.class, (error, context) -> {
            LOG.error("The request {} {} failed.", context.method(), context.path(), error);
            answer(
                    context,
                    500,
                    new ApiError(
                            "internal-error",
                            "The server could not fulfil the request.",
                            "What it should change was not changed.",
                            "The cause is in the server's log, in the lines of this request.",
                            "Try again; if it stays, send the log to support."));
        });
    }

    private static void answer(Context context, int status, ApiError error) {
        if (!context.res().isCommitted()) {
            Routes.write(context.status(status), RequestScope.named(error));
        }
    }

    private static Connector connector(Server server, LiveIdentity identity, Connections connections, int port) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(identity.serverContext());
        tls.setWantClientAuth(true);
        tls.setIncludeProtocols(TlsIdentity.TLS_VERSION);
        tls.setIncludeCipherSuites(TlsIdentity.CIPHERS.toArray(String[]::new));
        tls.setRenegotiationAllowed(false);
        tls.setSniRequired(false);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        http.addCustomizer(connections);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(connections);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        return connector;
    }

    @Override
    public void close() {
        watch.interrupt();
        javalin.stop();
    }
}
