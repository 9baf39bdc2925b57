package dev.breakwater.recovery;

import dev.breakwater.site.RunId;
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.Site;
import dev.breakwater.site.SiteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What remains of a test after its machine is gone: the picture of its screen and its serial log.
///
/// @param screenshot the picture, if one could be taken
/// @param serialLog the copy of the log, if there is one
/// @param remark why something is missing, or empty
record Reports(Optional<Path> screenshot, Optional<Path> serialLog, String remark) {

    /// Takes both. What cannot be had is remarked, and does not fail the test: the machine runs all the same.
    static Reports collect(Site site, RunId run, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path picture = folder.resolve(TestFailoverRequest.SCREENSHOT);
        Optional<Path> screenshot = Optional.of(picture);
        String remark = "";
        try {
            site.screenshot(run, picture);
        } catch (SiteException e) {
            screenshot = Optional.empty();
            remark = String.valueOf(e.getMessage());
        }
        return new Reports(screenshot, copySerialLog(site, run, folder), remark);
    }

    /// Copies the serial log as far as it is written.
    static Optional<Path> copySerialLog(Site site, RunId run, Path folder) {
        Path copy = folder.resolve("serial.log");
        try {
            Optional<Path> log = site.status(run).map(RunStatus::serialLog).filter(Files::exists);
            if (log.isPresent()) {
                Files.createDirectories(folder);
                Files.copy(log.get(), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException | SiteException _) {
            // The log is for people; the copy made before, if any, has to do.
            return Optional.of(copy).filter(Files::exists);
        }
        return Optional.of(copy).filter(Files::exists);
    }
}
