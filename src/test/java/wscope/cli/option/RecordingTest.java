package wscope.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;

/** The file of {@code --record}. */
class RecordingTest {
  @TempDir private Path folder;

  @Test
  void writesLinesThatOnlyTheOwnerCanRead() throws Exception {
    Path file = folder.resolve("events.json");
    try (Recording recording = Recording.of(file, "--record", Long.MAX_VALUE)) {
      write(recording, "one\ntw");
      write(recording, "o\n");
      assertFalse(recording.hasFailed());
    }
    assertEquals("one\ntwo\n", Files.readString(file));
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void reportsAFullDiskOnceAndKeepsCompleteLines() throws IOException {
    Path file = folder.resolve("events.json");
    List<String> failures = new ArrayList<>();
    try (Recording recording = new Recording(file, new SmallDisk(file, 15), Long.MAX_VALUE)) {
      recording.onFailure(failures::add);
      write(recording, "one\n");
      write(recording, "two\nthree");
      assertEquals(List.of(), failures);
      write(recording, " and four\n");
      write(recording, "five\n");
      assertTrue(recording.hasFailed());
    }
    assertEquals("one\ntwo\n", Files.readString(file));
    assertEquals(List.of(file + ": No space left on device"), failures);
  }

  /** A page of any origin could fill the disk. */
  @Test
  void stopsAtTheMaximumLength() throws Exception {
    Path file = folder.resolve("events.json");
    List<String> reports = new ArrayList<>();
    try (Recording recording = Recording.of(file, "--record", 1024)) {
      recording.onFailure(reports::add);
      write(recording, "x".repeat(999) + "\n");
      write(recording, "y".repeat(23) + "\n");
      assertEquals(List.of(), reports);
      write(recording, "z");
      write(recording, "\n");
      assertFalse(recording.hasFailed());
    }
    assertEquals(1024, Files.size(file));
    assertEquals(List.of(file + ": the file has reached 1KiB (--max-record)"), reports);
  }

  /** The name chooses the format; names without a suffix and of JSON are those of all events. */
  @ParameterizedTest
  @CsvSource({
    "a.jsonl, JSONL",
    "a.json, JSONL",
    "a.NDJSON, JSONL",
    "a, JSONL",
    ".har, JSONL",
    "a.b/c, JSONL",
    "a.pcapng, PCAPNG",
    "a.json.PcapNG, PCAPNG",
    "a.har, HAR",
  })
  void choosesTheFormatByName(String name, RecordingFormat format) {
    assertEquals(format, RecordingFormat.of(Path.of(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.pcap", "a.txt", "a.har.gz", "a."})
  void namesTheFormatsIfTheSuffixIsUnknown(String name) {
    assertEquals(
        new Run(
            2,
            "",
            "wscope serve: --record: '"
                + name
                + "' has an unknown suffix; use .jsonl, .pcapng or .har\n"
                + "see: wscope serve --help\n"),
        Run.of("serve", "--port", "0", "--record", name));
  }

  /** Each append replaces the tail of the one before. */
  @Test
  void replacesTheTail() throws Exception {
    Path file = folder.resolve("a.har");
    try (Recording recording = Recording.of(file, "--record", Long.MAX_VALUE)) {
      append(recording, "[]", 1);
      assertEquals("[]", Files.readString(file));
      append(recording, "1]", 1);
      recording.onClose(() -> append(recording, ",2]\n", 0));
    }
    assertEquals("[1,2]\n", Files.readString(file));
  }

  @Test
  void keepsTheTailOnAFullDisk() throws IOException {
    Path file = folder.resolve("a.har");
    List<String> failures = new ArrayList<>();
    try (Recording recording = new Recording(file, new SmallDisk(file, 8), Long.MAX_VALUE)) {
      recording.onFailure(failures::add);
      append(recording, "[]}", 2);
      append(recording, "1]}", 2);
      append(recording, ",2222222]}", 2);
      append(recording, ",3]}", 2);
      assertTrue(recording.hasFailed());
    }
    assertEquals("[1]}", Files.readString(file));
    assertEquals(List.of(file + ": No space left on device"), failures);
  }

  @Test
  void keepsTheTailAtTheMaximumLength() throws Exception {
    Path file = folder.resolve("a.har");
    List<String> reports = new ArrayList<>();
    try (Recording recording = Recording.of(file, "--record", 1024)) {
      recording.onFailure(reports::add);
      append(recording, "x".repeat(1000) + "]", 1);
      append(recording, "y".repeat(23) + "]", 1);
      assertEquals(List.of(), reports);
      append(recording, "z]", 1);
      append(recording, "]", 1);
      assertFalse(recording.hasFailed());
    }
    assertEquals("x".repeat(1000) + "y".repeat(23) + "]", Files.readString(file));
    assertEquals(List.of(file + ": the file has reached 1KiB (--max-record)"), reports);
  }

  /** S17: a recording never replaces a file. */
  @Test
  void neverReplacesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("events.json"), "mine");
    assertEquals(
        new Run(
            3,
            "",
            "wscope: "
                + file
                + " already exists; choose another name for --record, or remove it\n"),
        Run.of("serve", "--port", "0", "--record", file.toString()));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void reportsAMissingDirectory() {
    Path file = folder.resolve("none").resolve("events.json");
    assertEquals(
        new Run(
            3,
            "",
            "wscope: the directory of " + file + " does not exist; create it, or choose another\n"),
        Run.of("serve", "--port", "0", "--record", file.toString()));
  }

  @Test
  void createsNoFileIfTheServerCannotListen() throws IOException {
    Path file = folder.resolve("events.json");
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      assertEquals(3, Run.of("serve", "--port", port, "--record", file.toString()).exitCode());
    }
    assertFalse(Files.exists(file));
  }

  private static void append(Recording recording, String text, int tail) {
    recording.append((text + "--").getBytes(UTF_8), text.length(), tail);
  }

  private static void write(Recording recording, String text) {
    byte[] bytes = ("--" + text).getBytes(UTF_8);
    recording.write(bytes, 2, bytes.length - 2);
  }

  /** A channel to a file that fails when the disk is full. */
  private static final class SmallDisk implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final long size;

    SmallDisk(Path path, long size) throws IOException {
      file = Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.size = size;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int room = (int) Math.min(bytes.remaining(), size - file.position());
      if (room <= 0) {
        throw new IOException("No space left on device");
      }
      int written = file.write(bytes.slice(bytes.position(), room));
      bytes.position(bytes.position() + written);
      return written;
    }

    @Override
    public int read(ByteBuffer into) {
      throw new AssertionError("a recording must not be read");
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long at) throws IOException {
      file.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long to) throws IOException {
      file.truncate(to);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
