package dev.breakwater.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A TCP proxy that can fall silent: it then takes and gives nothing any more and closes nothing, as a peer
/// that lost its power or a cable that was cut looks from here. Or it can be slow.
public final class StallingProxy implements AutoCloseable {

    private static final int PIECE_BYTES = 16 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile @Nullable CountDownLatch stalled;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    private StallingProxy(ServerSocket listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    /// A proxy on a free port of this computer.
    public static StallingProxy to(InetSocketAddress target) throws IOException {
        StallingProxy proxy = new StallingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name("stalling-proxy").start(proxy::accept);
        return proxy;
    }

    /// The port to connect to.
    public int port() {
        return listener.getLocalPort();
    }

    /// Falls silent for good.
    public void stall() {
        stalled = new CountDownLatch(1);
    }

    /// From now on no more than this goes to the target in a second; what comes back is not held up.
    public void slow(int toTargetBytesPerSecond) {
        bytesPerSecond = toTargetBytesPerSecond;
    }

    private void accept() {
        try {
            while (true) {
                Socket from = listener.accept();
                Socket to = new Socket(target.getAddress(), target.getPort());
                sockets.add(from);
                sockets.add(to);
                Thread.ofVirtual().start(() -> carry(from, to, true));
                Thread.ofVirtual().start(() -> carry(to, from, false));
            }
        } catch (IOException e) {
            closeAll();
        }
    }

    private void carry(Socket from, Socket to, boolean paced) {
        byte[] piece = new byte[PIECE_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int bytes;
            while ((bytes = in.read(piece)) >= 0) {
                CountDownLatch silence = stalled;
                if (silence != null) {
                    silence.await();
                }
                if (paced) {
                    Thread.sleep(bytes * 1000L / bytesPerSecond);
                }
                out.write(piece, 0, bytes);
            }
            CountDownLatch silence = stalled;
            if (silence != null) {
                // That one end gave up is nothing that the other may hear.
                silence.await();
            }
        } catch (IOException e) {
            // One of the two ended; the try closes the other.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Ends all connections.
    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
        CountDownLatch silence = stalled;
        if (silence != null) {
            silence.countDown();
        }
    }
}
