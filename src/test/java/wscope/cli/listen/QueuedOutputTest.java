package wscope.cli.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class QueuedOutputTest {
  private static final byte[] HALF = new byte[QueuedOutput.MOST_QUEUED / 2];

  private final Reader reader = new Reader();
  private final QueuedOutput output =
      new QueuedOutput(reader, lines -> ("(" + lines + " missing)\n").getBytes(US_ASCII));

  /** A reader that reads nothing until it is opened. */
  private static final class Reader extends OutputStream {
    private final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      throw new AssertionError("bytes are written in slices");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      read.write(bytes, offset, length);
    }
  }

  @Test
  void writesEverythingInOrder() throws IOException {
    reader.open.countDown();
    write("a\nb");
    write("c\n");
    assertEquals(0, output.finish());
    assertEquals("a\nbc\n", reader.read.toString(US_ASCII));
  }

  /** Only whole lines are dropped: the rest of a line that was cut is dropped too. */
  @Test
  void dropsWholeLinesWhileNobodyReads() throws IOException {
    assertEquals(1 << 20, QueuedOutput.MOST_QUEUED);
    assertEquals(500, QueuedOutput.PATIENCE_MILLIS);
    Arrays.fill(HALF, (byte) 'x');
    output.write(HALF);
    output.write(HALF);
    long start = System.nanoTime();
    write("one\ntwo\nthr");
    long waited = System.nanoTime() - start;
    assertTrue(waited >= QueuedOutput.PATIENCE_MILLIS * 900_000, "waits for the reader once");
    for (int i = 0; i < 1000; i++) {
      write("ee\nfour");
      write("\nth");
    }
    reader.open.countDown();
    assertEquals(2 + 2000, output.finish());
    write("ree\nfive\n");
    assertEquals(0, output.finish());
    String read = reader.read.toString(US_ASCII);
    assertEquals("\n(2003 missing)\nfive\n", read.substring(QueuedOutput.MOST_QUEUED));
  }

  @Test
  void countsTheLinesThatAreNeverWritten() throws IOException {
    write("one\ntwo\n");
    assertEquals(2, output.finish());
  }

  /** Without a notice, a write waits until somebody reads. */
  @Test
  void waitsForTheReaderIfAsked() throws Exception {
    QueuedOutput patient = new QueuedOutput(reader, null);
    patient.write(HALF);
    patient.write(HALF);
    Thread writer =
        new Thread(
            () -> {
              try {
                patient.write("last\n".getBytes(US_ASCII));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    writer.join(2 * QueuedOutput.PATIENCE_MILLIS);
    assertTrue(writer.isAlive(), "waits");
    reader.open.countDown();
    writer.join();
    assertEquals(0, patient.finish());
    assertEquals(QueuedOutput.MOST_QUEUED + 5, reader.read.size());
  }

  /** H8: a process that must end waits no longer, even for a reader that it would wait for. */
  @Test
  void waitsUntilATimeIfTheProcessEnds() throws IOException {
    QueuedOutput patient = new QueuedOutput(reader, null);
    patient.write("one\ntwo\n".getBytes(US_ASCII));
    patient.endBefore(System.nanoTime() + 10_000_000);
    assertEquals(2, patient.finish());
  }

  /** H8: from then on, a full queue drops lines at once. */
  @Test
  void aWriteDoesNotWaitIfTheProcessEnds() throws IOException {
    output.write(HALF);
    output.write(HALF);
    output.endBefore(System.nanoTime() + 3_600_000_000_000L);
    long start = System.nanoTime();
    write("lost\n");
    long waited = System.nanoTime() - start;
    assertTrue(waited < QueuedOutput.PATIENCE_MILLIS * 1_000_000, "waited " + waited);
    reader.open.countDown();
    assertEquals(1, output.finish());
  }

  @Test
  void reportsAFailureOnceAndThrowsIt() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    QueuedOutput broken =
        new QueuedOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("full");
              }
            },
            null);
    broken.onFailure(failed::countDown);
    broken.write("x\n".getBytes(US_ASCII));
    assertTrue(failed.await(10, TimeUnit.SECONDS));
    assertEquals("full", assertThrows(IOException.class, broken::finish).getMessage());
  }

  private void write(String text) throws IOException {
    output.write(text.getBytes(US_ASCII));
  }
}
