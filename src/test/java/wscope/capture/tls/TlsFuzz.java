package wscope.capture.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.packet.TcpConnection;
import wscope.packet.TcpRelease;

/**
 * Any bytes with TLS in a capture, protected by the right keys or not, and any key log give bytes
 * or a reason: the same for any pieces, in bounded memory.
 */
public final class TlsFuzz {
  /** Memory that is allocated once, such as the tables of ciphers. */
  private static final long FIXED_BYTES = 8 << 20;

  private static final long BYTES_PER_BYTE = 32 << 10;

  private static final int[] SUITES = {
    TlsTalk.AES_128, TlsTalk.AES_256_12, TlsTalk.CHACHA, TlsTalk.AES_128_12, 0xc013
  };

  private TlsFuzz() {}

  /** One seed for each kind of input. */
  public static Stream<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int suite = 0; suite < SUITES.length; suite++) {
      for (int kind = 0; kind < 4; kind++) {
        byte[] rest =
            kind == 1 ? new byte[] {0, 5, 1, 1, 50, 7} : new byte[] {22, 1, 24, 0, 0, 1, 0};
        byte[] seed = {(byte) suite, (byte) kind, 3};
        seeds.add(concat(seed, rest));
      }
    }
    TlsTalk.Sent hello = new TlsTalk(new Random(1), TlsTalk.AES_128).open("a", null).sent.get(0);
    seeds.add(concat(new byte[] {0, 2, 1}, hello.bytes()));
    seeds.add(concat(new byte[] {0, 3, 1}, "CLIENT_RANDOM 00 11\n".getBytes(ISO_8859_1)));
    return seeds.stream();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Settings: the suite, what the bytes are, the random numbers. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    int suite = SUITES[input.below(SUITES.length)];
    int kind = input.below(4);
    TlsTalk talk = new TlsTalk(new Random(input.below(8)), suite).open("a.test", "http/1.1");
    byte[] rest = input.rest();
    switch (kind) {
      case 0 -> protect(talk, rest);
      case 1 -> change(talk, rest);
      case 2 -> {
        talk.sent.clear();
        send(talk, rest);
      }
      default -> talk.keyLog.add(0, new String(rest, ISO_8859_1));
    }
    String whole = read(talk, Integer.MAX_VALUE);
    assertEquals(whole, read(talk, 1), "byte by byte");
    assertEquals(whole, read(talk, 7), "in pieces");
    long length = talk.sent.stream().mapToInt(each -> each.bytes().length).sum();
    Allocation.assertAtMost(
        FIXED_BYTES + BYTES_PER_BYTE * (rest.length + length / 64),
        () -> read(talk, Integer.MAX_VALUE));
  }

  /** The bytes are what records protect: a type, whose sender, a length, and the content. */
  private static void protect(TlsTalk talk, byte[] rest) {
    int at = 0;
    while (at + 2 < rest.length) {
      int end = Math.min(rest.length, at + 3 + (rest[at + 2] & 0xff));
      talk.record((rest[at + 1] & 1) == 0, rest[at] & 0x1f, Arrays.copyOfRange(rest, at + 3, end));
      at = end;
    }
  }

  /** The bytes say how to change bytes of records: the record, two of the place, the new one. */
  private static void change(TlsTalk talk, byte[] rest) {
    talk.data(true, new byte[9]).data(false, new byte[9]);
    for (int at = 0; at + 3 < rest.length; at += 4) {
      byte[] record = talk.sent.get((rest[at] & 0xff) % talk.sent.size()).bytes();
      record[((rest[at + 1] & 0xff) << 8 | (rest[at + 2] & 0xff)) % record.length] = rest[at + 3];
    }
  }

  /** The bytes are the stream: whose, a length, and what it sends. */
  private static void send(TlsTalk talk, byte[] rest) {
    int at = 0;
    while (at + 1 < rest.length) {
      int end = Math.min(rest.length, at + 3 + (rest[at + 1] & 0xff) * 2);
      talk.sent.add(
          new TlsTalk.Sent(
              (rest[at] & 1) == 0, Arrays.copyOfRange(rest, at + 2, Math.max(end, at + 2))));
      at = end;
    }
  }

  private static String read(TlsTalk talk, int longest) {
    TlsLog log = new TlsLog(keyLog(talk, longest));
    TcpConnection connection = log.open();
    for (TlsTalk.Sent sent : talk.sent) {
      byte[] bytes = sent.bytes();
      for (int at = 0; at < bytes.length; ) {
        int end = (int) Math.min(bytes.length, (long) at + longest);
        log.bytes(connection, sent.byClient(), Arrays.copyOfRange(bytes, at, end));
        at = end;
      }
    }
    log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
    return log.text() + "\n" + log.lines + "\n" + log.session;
  }

  private static KeyLog keyLog(TlsTalk talk, int longest) {
    KeyLog keyLog = new KeyLog();
    KeyLogReader reader = new KeyLogReader(keyLog);
    byte[] bytes = String.join("\n", talk.keyLog).getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(longest, bytes.length - at);
      reader.read(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }
    reader.end();
    return keyLog;
  }
}
