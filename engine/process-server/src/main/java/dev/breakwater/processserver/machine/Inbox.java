package dev.breakwater.processserver.machine;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.Protocol;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a connection has received and its session has not taken yet. Bounded in bytes by the credit that the
/// machine was given, which the transport enforces, and in number by a capacity each for questions, which
/// cost no credit, and for CLOSE, which costs less than its hardware and remarks take here.
final class Inbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final int capacityOfQuestions;
    private int questions;
    private int closes;
    private boolean ended;
    private boolean reminded;

    /// A machine closes no further generation before an earlier one is durable; twice as many are surely one that does.
    private static final int CAPACITY_OF_CLOSES = 2 * Protocol.MAX_OPEN_GENERATIONS;

    /// @param capacityOfQuestions how many messages without cost may wait
    Inbox(int capacityOfQuestions) {
        this.capacityOfQuestions = capacityOfQuestions;
    }

    /// Puts a message in, whose buffer now belongs to the inbox.
    ///
    /// @return whether there was room
    boolean offer(Message message) {
        lock.lock();
        try {
            boolean question = !(message instanceof Message.Sequenced);
            boolean close = message instanceof Message.Close;
            if (ended || (question && questions >= capacityOfQuestions) || (close && closes >= CAPACITY_OF_CLOSES)) {
                release(message);
                return ended;
            }
            questions += question ? 1 : 0;
            closes += close ? 1 : 0;
            messages.add(message);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The next message, whose buffer now belongs to the caller; null once the connection is over, and after [#remind].
    @Nullable
    Message take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && !ended && !reminded) {
                arrived.await();
            }
            Message message = messages.poll();
            // What has arrived comes first; the reminder stays for after it.
            reminded &= message != null;
            questions -= message != null && !(message instanceof Message.Sequenced) ? 1 : 0;
            closes -= message instanceof Message.Close ? 1 : 0;
            return message;
        } finally {
            lock.unlock();
        }
    }

    /// Lets [#take] return null once, as soon as nothing waits.
    void remind() {
        lock.lock();
        try {
            reminded = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the connection is over.
    boolean over() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /// The connection is over: what waits is dropped, as the machine will send it again.
    void end() {
        lock.lock();
        try {
            ended = true;
            messages.forEach(Inbox::release);
            messages.clear();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private static void release(Message message) {
        if (message instanceof Message.Data data) {
            data.payload().release();
        }
    }
}
