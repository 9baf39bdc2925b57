package dev.breakwater.platform.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the log of this program goes. A person at a terminal reads lines for people; everything else gets one JSON
/// object per line: `timestamp` (milliseconds since 1970), `level`, `threadName`, `loggerName`, `mdc` (see
/// [LogContext]), `formattedMessage`, `throwable`.
///
/// A file never grows past [#FILE_MIB]; then it becomes `NAME.1` and the older ones move up, the oldest goes.
public final class ProgramLog implements AutoCloseable {

    /// Large enough for a day of a busy engine, small enough for an editor.
    public static final int FILE_MIB = 10;

    /// Lines that wait for a disk that stands still.
    private static final int QUEUE = 2048;

    /// The innermost frames say where, the rest says how one got there.
    private static final String PEOPLE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread]%replace( {%mdc}){' \\{\\}', ''} %logger{0}:"
                    + " %msg%n%ex";

    private final LoggerContext context;
    private final Waiting waiting;

    /// What a thread does when its line cannot be written at once.
    public enum Waiting {
        /// It waits, so that no line is lost.
        FOR_THE_DISK,
        /// It goes on, and the line is left out once [#QUEUE] of them wait: for programs that freeze the very file
        /// system below their log, where a thread that waits would stand still until the thaw.
        NEVER
    }

    private ProgramLog(LoggerContext context, Waiting waiting) {
        this.context = context;
        this.waiting = waiting;
    }

    /// A command says on standard error what went wrong, for people.
    public static void ofCommand() {
        ProgramLog log = begin(Level.WARN, Waiting.FOR_THE_DISK, Map.of());
        log.add(log.standardError(log.forPeople()));
    }

    /// A program that runs until it is stopped.
    ///
    /// @param about what all lines have in common, for example which machine this is
    public static ProgramLog ofService(Waiting waiting, Map<String, String> about) {
        return begin(Level.INFO, waiting, about);
    }

    /// Writes to standard error: for people at a terminal, else JSON.
    public ProgramLog toStandardError() {
        boolean person =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        add(standardError(person ? forPeople() : json()));
        return this;
    }

    /// Writes JSON to a file, too.
    ///
    /// @param older how many full files are kept beside it
    public ProgramLog toFile(Path file, int older) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(older);
        rolling.start();
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(FILE_MIB * FileSize.MB_COEFFICIENT));
        // Looks at each line: the usual minute between two looks is no bound.
        trigger.setCheckIncrement(Duration.buildByMilliseconds(0));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        add(started(appender, json()));
        return this;
    }

    private static ProgramLog begin(Level ours, Waiting waiting, Map<String, String> about) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        // A context that was closed before would not write what waits when it is closed again.
        context.start();
        about.forEach(context::putProperty);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("dev.breakwater").setLevel(ours);
        // Says at every request that the JDK's client sets the length of a body itself, which is as it should be.
        context.getLogger("com.azure.core.http.jdk.httpclient.JdkHttpClient").setLevel(Level.ERROR);
        // Connections that end while the server stops.
        context.getLogger("io.netty.util.concurrent.DefaultPromise.rejectedExecution")
                .setLevel(Level.OFF);
        return new ProgramLog(context, waiting);
    }

    private Appender<ILoggingEvent> standardError(Encoder<ILoggingEvent> encoder) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        return started(appender, encoder);
    }

    private static Appender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private Encoder<ILoggingEvent> forPeople() {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PEOPLE);
        encoder.start();
        return encoder;
    }

    private Encoder<ILoggingEvent> json() {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        // The message is there in full; its parts would only repeat it.
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithContext(!context.getCopyOfPropertyMap().isEmpty());
        encoder.start();
        return encoder;
    }

    private void add(Appender<ILoggingEvent> appender) {
        Appender<ILoggingEvent> target = appender;
        if (waiting == Waiting.NEVER) {
            var queue = new AsyncAppender();
            queue.setContext(context);
            queue.setQueueSize(QUEUE);
            queue.setNeverBlock(true);
            queue.addAppender(appender);
            queue.start();
            target = queue;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(target);
    }

    /// Writes what waits.
    @Override
    public void close() {
        context.stop();
    }
}
