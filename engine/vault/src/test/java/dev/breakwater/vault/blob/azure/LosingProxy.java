package dev.breakwater.vault.blob.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands bytes to and fro between a client and a server, and on demand drops the connection instead of the
/// answer to a put: the server has done it, the client does not know.
final class LosingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicBoolean losing = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    private LosingProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    static LosingProxy start(int serverPort) throws IOException {
        LosingProxy proxy = new LosingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    int answersLost() {
        return lost.get();
    }

    void loseNextPutAnswer() {
        losing.set(true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                AtomicBoolean put = new AtomicBoolean();
                Thread.startVirtualThread(() -> copy(client, server, put, true));
                Thread.startVirtualThread(() -> copy(server, client, put, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, AtomicBoolean put, boolean request) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            int count = input.read(buffer);
            while (count >= 0) {
                if (request && new String(buffer, 0, Math.min(4, count), StandardCharsets.US_ASCII).equals("PUT ")) {
                    put.set(true);
                }
                if (!request && put.get() && losing.compareAndSet(true, false)) {
                    lost.incrementAndGet();
                    return;
                }
                output.write(buffer, 0, count);
                count = input.read(buffer);
            }
        } catch (IOException e) {
            // The other side has closed: so does this one.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
