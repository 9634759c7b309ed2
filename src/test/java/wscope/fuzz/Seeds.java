package wscope.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import wscope.capture.packets.PacketFuzz;
import wscope.protocol.Vectors;
import wscope.protocol.handshake.Marks;
import wscope.support.SampleHandshake;

/** The first inputs for fuzzing: the test vectors, preceded by settings. */
final class Seeds {
  private Seeds() {}

  /** Streams. Settings: sender, compression, detail, preview, derivation, colour, Unicode, cuts. */
  static Stream<byte[]> report() {
    return Stream.of(
            Vectors.rows("frames.csv").stream()
                .map(row -> seed(hex(row, "hex"), 0, 0, 0, 0, 1, 0, 1, 7)),
            Vectors.rows("compressed.csv").stream()
                .map(row -> seed(hex(row, "hex"), 2, 1, 1, 0, 0, 1, 0, 7)),
            Vectors.rows("requests.csv").stream()
                .map(row -> seed(request(row), 0, 0, 0, 2, 0, 1, 1, 7)),
            Vectors.rows("responses.csv").stream()
                .map(row -> seed(text(row, "response"), 0, 0, 2, 0, 0, 0, 1, 7)),
            Vectors.rows("utf8.csv").stream()
                .map(row -> seed(hex(row, "hex"), 1, 0, 0, 0, 1, 1, 1, 7)))
        .flatMap(seeds -> seeds);
  }

  /**
   * What a client sends. Settings: whether a valid request precedes it, whether it resets, cuts.
   */
  static Stream<byte[]> serve() {
    return Stream.of(
            Vectors.rows("sessions.csv").stream().map(row -> seed(hex(row, "in"), 1, 0, 7)),
            Vectors.rows("requests.csv").stream().map(row -> seed(request(row), 0, 1, 7)),
            Vectors.rows("behaviours.csv").stream()
                .filter(row -> row.cell("error").isEmpty())
                .map(row -> seed(conversation(row), 0, 0, 0)))
        .flatMap(seeds -> seeds);
  }

  /** A request for a behaviour, then a text and a Close. */
  private static byte[] conversation(Vectors.Row row) {
    String value = URLEncoder.encode(Vectors.text(row.cell("value")), UTF_8);
    String request =
        SampleHandshake.request("localhost", "/?" + row.cell("parameter") + "=" + value);
    String frames = "\u0081\u0081\0\0\0\0a\u0088\u0080\0\0\0\0";
    return (request + frames).getBytes(ISO_8859_1);
  }

  /** Captures, and frames within packets. Settings: what precedes the bytes, longest piece. */
  static Stream<byte[]> packets() {
    return Stream.concat(
        PacketFuzz.seeds(),
        Vectors.rows("frames.csv").stream().map(row -> seed(hex(row, "hex"), 3, 7)));
  }

  /** The past findings of a target. */
  static Stream<byte[]> findings(String target) {
    return Vectors.rows("findings.csv").stream()
        .filter(row -> row.cell("target").equals(target))
        .map(row -> hex(row, "input"));
  }

  /** Streams of frames. Settings: sender, limits, compression, cuts. */
  static Stream<byte[]> frames() {
    List<String> senders = List.of("auto", "client", "server");
    return Stream.of(
            Vectors.rows("frames.csv").stream()
                .map(row -> seed(hex(row, "hex"), senders.indexOf(row.cell("sender")), 0, 0, 7)),
            Vectors.rows("limits.csv").stream().map(row -> seed(hex(row, "hex"), 2, 1, 0, 7)),
            Vectors.rows("compressed.csv").stream().map(row -> seed(hex(row, "hex"), 2, 2, 1, 7)))
        .flatMap(seeds -> seeds);
  }

  /** Streams to a server. Settings: start, action, limits, cuts. */
  static Stream<byte[]> session() {
    return Stream.of(
            Vectors.rows("sessions.csv").stream().map(row -> seed(hex(row, "in"), 0, 0, 0, 7)),
            Vectors.rows("sessions.csv").stream().map(row -> seed(hex(row, "in"), 0, 1, 1, 9)),
            Vectors.rows("sessions.csv").stream().map(row -> seed(hex(row, "in"), 2, 2, 0, 5)),
            Vectors.rows("requests.csv").stream().map(row -> seed(request(row), 1, 0, 0, 7)))
        .flatMap(seeds -> seeds);
  }

  /** Heads. Settings: response or request, limits, permessage-deflate, cuts. */
  static Stream<byte[]> head() {
    return Stream.of(
            Vectors.rows("requests.csv").stream().map(row -> seed(request(row), 0, 0, 1, 7)),
            Vectors.rows("requests.csv").stream().map(row -> seed(request(row), 0, 1, 2, 8)),
            Vectors.rows("responses.csv").stream().map(row -> seed(text(row, "response"), 1, 0)))
        .flatMap(seeds -> seeds);
  }

  /** Values of fields. Settings: the four parameters of permessage-deflate. */
  static Stream<byte[]> grammar() {
    return Stream.of(
            Vectors.rows("deflate-offers.csv").stream().map(row -> row.cell("offers")),
            Vectors.rows("deflate-responses.csv").stream().map(row -> row.cell("responses")),
            Stream.of("chat, superchat", "a;b=\"c\\d\";e", ",a,,b ;c = d", "x\ny, z"))
        .flatMap(texts -> texts)
        .map(text -> seed(text.getBytes(ISO_8859_1), 0, 0, 7, 7));
  }

  /**
   * Messages. Settings: whether to deflate, context takeover, window, limit or copies, length of
   * the first message, cuts.
   */
  static Stream<byte[]> deflate() {
    return Vectors.rows("deflate.csv").stream()
        .map(row -> row.cell("messages").split("\\|"))
        .flatMap(
            messages -> {
              byte[] first = Vectors.bytes(messages[0]);
              byte[] all = Vectors.bytes(String.join("", messages));
              return Stream.of(
                  seed(all, 0, 0, 0, 0, first.length, 7),
                  seed(all, 0, 1, 0, 1, first.length, 8),
                  seed(all, 1, 0, 7, 30, first.length, 9));
            });
  }

  /** Texts. Settings: spelling, space in the buffer, length of a piece. */
  static Stream<byte[]> spelling() {
    return spelled().flatMap(text -> Stream.of(seed(text, 0, 3, 20), seed(text, 1, 30, 2)));
  }

  /** Pastes of all kinds. Settings: length of a piece, cut. */
  static Stream<byte[]> finder() {
    return Stream.of("bits", "between", "lists", "literals", "logs", "dumps", "none", "words")
        .flatMap(kind -> texts("/pastes/" + kind))
        .map(text -> seed(text, 20, 77));
  }

  /** The same bytes in the formats of many tools. */
  private static Stream<byte[]> spelled() {
    return texts("/spellings");
  }

  /** The files of a folder. */
  private static Stream<byte[]> texts(String folder) {
    List<byte[]> texts = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(Seeds.class.getResource(folder).toURI()), "*.{txt,bin}")) {
      for (Path file : files) {
        texts.add(Files.readAllBytes(file));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return texts.stream();
  }

  /** The bytes of a request, without the marker of an offset. */
  private static byte[] request(Vectors.Row row) {
    return text(row, "request");
  }

  private static byte[] text(Vectors.Row row, String column) {
    return Vectors.text(Marks.removed(row.cell(column))).getBytes(ISO_8859_1);
  }

  private static byte[] hex(Vectors.Row row, String column) {
    return Vectors.bytes(row.cell(column));
  }

  private static byte[] seed(byte[] content, int... settings) {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    for (int setting : settings) {
      seed.write(setting);
    }
    seed.writeBytes(content);
    return seed.toByteArray();
  }
}
