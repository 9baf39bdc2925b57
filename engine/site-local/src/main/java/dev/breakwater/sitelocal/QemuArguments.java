package dev.breakwater.sitelocal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.breakwater.model.Hardware;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// QEMU's command line for a run.
final class QemuArguments {

    /// How long a machine waits for the server of its disks to come back before it sees disk errors.
    private static final int NBD_RECONNECT_SECONDS = 30;

    /// PCI slots of the machine that QEMU makes, less those that it uses itself.
    private static final int MAX_DISKS = 24;

    private static final long MIB = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> arguments = new ArrayList<>();

    private QemuArguments() {}

    /// The command line.
    ///
    /// @param settings the site's
    /// @param order what runs
    /// @param accelerator what executes it
    /// @param firmware how it starts
    /// @param files where its files are
    static List<String> of(
            LocalSiteSettings settings, RunOrder order, Accelerator accelerator, Firmware firmware, RunFiles files) {
        QemuArguments result = new QemuArguments();
        result.machine(settings, order, accelerator, files);
        result.add(firmware.arguments());
        for (int i = 0; i < order.disks().size(); i++) {
            result.disk(order.disks().get(i), i, files);
        }
        result.network(order);
        return result.arguments;
    }

    static int maxDisks() {
        return MAX_DISKS;
    }

    /// The memory that a run gets.
    static long memory(LocalSiteSettings settings, Hardware hardware) {
        long least = 128 * MIB;
        return Math.clamp(hardware.memoryBytes(), least, Math.max(least, settings.maxMemoryBytes())) / MIB * MIB;
    }

    private void machine(LocalSiteSettings settings, RunOrder order, Accelerator accelerator, RunFiles files) {
        int processors = Math.clamp(order.hardware().cpus(), 1, settings.maxProcessors());
        add(List.of(
                settings.qemu(),
                "-name",
                "breakwater-" + order.run(),
                "-nodefaults",
                "-no-user-config",
                // QEMU reads bytes that we do not trust: it may not start programs or become somebody else.
                "-sandbox",
                "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
                "-accel",
                accelerator.argument(),
                "-cpu",
                accelerator.processor(),
                "-smp",
                Integer.toString(processors),
                "-m",
                memory(settings, order.hardware()) / MIB + "M",
                "-display",
                "none",
                "-vga",
                "std",
                "-chardev",
                "file,id=serial0,path=" + escaped(files.serialLog()),
                "-serial",
                "chardev:serial0",
                "-qmp",
                "unix:" + escaped(files.qmpSocket()) + ",server=on,wait=off"));
    }

    private void disk(RecoveredDisk disk, int index, RunFiles files) {
        add(List.of(
                "-blockdev",
                json(Map.of(
                        "driver",
                        "nbd",
                        "node-name",
                        "point" + index,
                        "read-only",
                        true,
                        "export",
                        RunFiles.export(index),
                        "reconnect-delay",
                        NBD_RECONNECT_SECONDS,
                        "server",
                        Map.of("type", "unix", "path", files.nbdSocket().toString())))));
        // The overlay is thrown away in the end: nothing of it needs to survive a power cut of this computer.
        add(List.of(
                "-blockdev",
                json(Map.of(
                        "driver",
                        "qcow2",
                        "node-name",
                        "disk" + index,
                        "backing",
                        "point" + index,
                        "discard",
                        "unmap",
                        "file",
                        Map.of(
                                "driver",
                                "file",
                                "filename",
                                files.overlay(index).toString(),
                                "discard",
                                "unmap",
                                "cache",
                                Map.of("no-flush", true))))));
        add(List.of(
                "-device",
                "virtio-blk-pci,drive=disk" + index + (disk.description().boot() ? ",bootindex=1" : "")));
    }

    /// Every card lies in a network of its own in which nobody else is; the first one's ports can be reached from this
    /// computer only.
    private void network(RunOrder order) {
        StringBuilder forwards = new StringBuilder();
        for (int port : order.reachablePorts()) {
            forwards.append(",hostfwd=tcp:127.0.0.1:0-:").append(port);
        }
        int cards = Math.clamp(order.hardware().networkCards().size(), 1, 4);
        for (int i = 0; i < cards; i++) {
            add(List.of(
                    "-netdev",
                    "user,id=net" + i + ",restrict=on" + (i == 0 ? forwards : ""),
                    "-device",
                    "virtio-net-pci,netdev=net" + i + mac(order.hardware(), i)));
        }
    }

    private static String mac(Hardware hardware, int card) {
        if (card >= hardware.networkCards().size()) {
            return "";
        }
        String address = hardware.networkCards().get(card).macAddress();
        return address.matches("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}") && !address.startsWith("00:00:00")
                ? ",mac=" + address
                : "";
    }

    private void add(List<String> more) {
        arguments.addAll(more);
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(new LinkedHashMap<>(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }

    /// QEMU separates options by commas and takes two for one.
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }
}
