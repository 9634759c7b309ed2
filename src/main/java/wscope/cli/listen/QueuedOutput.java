package wscope.cli.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Output that another thread writes, so that a reader that does not read cannot stop a server. The
 * queue is bounded. While it is full, a write waits, but only as long as the reader makes progress.
 * After that, whole lines are dropped until there is room again; a notice then says how many.
 */
public final class QueuedOutput extends OutputStream {
  /** The number of bytes that may be queued. */
  static final int MOST_QUEUED = 1 << 20;

  /** The time without progress after which lines are dropped, in milliseconds. */
  static final long PATIENCE_MILLIS = 500;

  /** The number of bytes written at a time, which shows progress. */
  private static final int SLICE = 8 << 10;

  private final OutputStream next;
  private final @Nullable LongFunction<byte[]> notice;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private Runnable onFailure = () -> {};
  private @Nullable Thread thread;
  private int queued;

  /** Grows with each slice that is written. */
  private long progress;

  private @Nullable IOException failure;

  /** A bug in the next stream. */
  private @Nullable RuntimeException bug;

  /** Whether the last queued byte does not end a line. */
  private boolean lineQueued;

  /** The {@link System#nanoTime} after which nothing waits for the reader; null for none. */
  private @Nullable Long end;

  private boolean dropping;

  /** Whether the last dropped byte does not end a line. */
  private boolean lineDropped;

  private long missed;

  /**
   * Creates a stream.
   *
   * @param notice returns the line that says how many lines are missing; null to wait forever
   *     instead of dropping any
   */
  public QueuedOutput(OutputStream next, @Nullable LongFunction<byte[]> notice) {
    this.next = next;
    this.notice = notice;
  }

  /** Sets the action for a failure, which the other thread calls once. */
  public synchronized void onFailure(Runnable action) {
    onFailure = action;
  }

  /**
   * Waits for the reader no longer than until a time, because the process ends. Until then, only
   * {@link #finish} waits, or also a write if no lines may be dropped.
   *
   * @param nanos a value of {@link System#nanoTime}
   */
  public synchronized void endBefore(long nanos) {
    end = nanos;
    notifyAll();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (dropping) {
      if (queued > MOST_QUEUED / 2 || !resume(bytes, offset, length)) {
        drop(bytes, offset, length);
      }
    } else if (hasRoom(length)) {
      add(bytes, offset, length);
    } else {
      dropping = true;
      drop(bytes, offset, length);
    }
    check();
  }

  /**
   * Waits until everything is written, or the reader makes no progress.
   *
   * @return the number of lines that were dropped since the last notice, or are still queued
   * @throws IOException if a write failed
   */
  public synchronized long finish() throws IOException {
    long patience = dropping ? PATIENCE_MILLIS / 5 : PATIENCE_MILLIS;
    while (!queue.isEmpty() && failure == null && awaitProgress(patience)) {
      // Progress was made.
    }
    check();
    long lines = missed;
    for (byte[] bytes : queue) {
      lines += lines(bytes, 0, bytes.length);
    }
    return lines;
  }

  /** Waits for room, as long as the reader makes progress. */
  private boolean hasRoom(int length) {
    while (queued > 0 && queued + length > MOST_QUEUED && failure == null) {
      boolean mustEnd = end != null && notice != null;
      if (mustEnd || !awaitProgress(PATIENCE_MILLIS)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the next progress; false if there was none for too long. */
  private boolean awaitProgress(long patience) {
    long before = progress;
    long start = System.nanoTime();
    try {
      while (progress == before && failure == null) {
        long left = millisLeft(start, patience);
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The time that is left for the reader's next progress. */
  private long millisLeft(long start, long patience) {
    long now = System.nanoTime();
    long left = notice == null ? Long.MAX_VALUE : patience - (now - start) / 1_000_000;
    return end == null ? left : Math.min(left, (end - now) / 1_000_000);
  }

  /** Starts again with the next whole line, after a notice. */
  private boolean resume(byte[] bytes, int offset, int length) {
    int start = offset;
    int end = offset + length;
    if (lineDropped) {
      while (start < end && bytes[start] != '\n') {
        start++;
      }
      start++;
    }
    if (start >= end || notice == null) {
      return false;
    }
    missed += lines(bytes, offset, start - offset);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (lineQueued) {
      all.write('\n');
    }
    all.writeBytes(notice.apply(missed));
    all.write(bytes, start, end - start);
    missed = 0;
    dropping = false;
    lineDropped = false;
    add(all.toByteArray(), 0, all.size());
    return true;
  }

  private void drop(byte[] bytes, int offset, int length) {
    missed += lines(bytes, offset, length);
    lineDropped = length > 0 ? bytes[offset + length - 1] != '\n' : lineDropped;
  }

  private static long lines(byte[] bytes, int offset, int length) {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private void add(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    queue.addLast(copy);
    queued += length;
    lineQueued = copy[length - 1] != '\n';
    if (thread == null) {
      thread = new Thread(this::run, "output");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
  }

  private void run() {
    try {
      while (true) {
        byte[] bytes = first();
        for (int at = 0; at < bytes.length; at += SLICE) {
          int count = Math.min(SLICE, bytes.length - at);
          next.write(bytes, at, count);
          written(count);
        }
        next.flush();
        removeFirst();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      synchronized (this) {
        bug = e;
      }
      fail(new IOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized byte[] first() throws InterruptedException {
    while (queue.isEmpty()) {
      wait();
    }
    return queue.getFirst();
  }

  private synchronized void written(int count) {
    progress++;
    queued -= count;
    notifyAll();
  }

  private synchronized void removeFirst() {
    // A failure may have emptied the queue.
    queue.pollFirst();
    progress++;
    notifyAll();
  }

  private void fail(IOException cause) {
    Runnable action;
    synchronized (this) {
      failure = cause;
      queue.clear();
      queued = 0;
      action = onFailure;
      notifyAll();
    }
    action.run();
  }

  private void check() throws IOException {
    if (bug != null) {
      throw bug;
    }
    if (failure != null) {
      throw failure;
    }
  }
}
