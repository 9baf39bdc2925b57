package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.desktop.door.Door;
import java.io.IOException;
import java.util.UUID;

/// Asks for the picture that a test failover took of its machine's screen.
///
/// @param test the test's job
public record ScreenshotOf(UUID test) implements Door.Question<byte[]> {

    @Override
    public byte[] put(AdminClient engine) throws IOException, InterruptedException {
        return engine.screenshot(test);
    }
}
