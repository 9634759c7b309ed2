package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.support.SampleHandshake;

/** The messages of both endpoints of several connections, sent at the same time. */
class PayloadReportTest {
  private static final int CONNECTIONS = 3;

  /** The frames of one endpoint, of which a part is sent. */
  private static final class Sender {
    final Exchange exchange;
    final Endpoint endpoint;

    /** What the report must write when the message ends. */
    final ByteArrayOutputStream open = new ByteArrayOutputStream();

    boolean text;

    Sender(Exchange exchange, Endpoint endpoint) {
      this.exchange = exchange;
      this.endpoint = endpoint;
    }

    /** Sends one frame, byte by byte. */
    void frame(int first, byte[] payload) {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      boolean masks = endpoint == Endpoint.CLIENT;
      frame.write(first);
      frame.write(payload.length | (masks ? 0x80 : 0));
      frame.writeBytes(masks ? new byte[] {1, 2, 3, 4} : new byte[0]);
      for (int i = 0; i < payload.length; i++) {
        frame.write(masks ? payload[i] ^ (i % 4 + 1) : payload[i]);
      }
      for (byte each : frame.toByteArray()) {
        exchange.feed(endpoint, ByteBuffer.wrap(new byte[] {each}));
      }
    }
  }

  @Test
  void writesEachMessageWholeWhenItEnds() {
    Random random = new Random(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    PayloadReport report = PayloadReport.whole(out);
    try (BufferPool pool = new BufferPool()) {
      List<Sender> senders = senders(report, pool);
      for (int i = 0; i < 5000; i++) {
        send(senders.get(random.nextInt(senders.size())), random, expected);
      }
    }
    report.flush();
    assertEquals(expected.toString(ISO_8859_1), out.toString(ISO_8859_1));
  }

  private static List<Sender> senders(Report report, BufferPool pool) {
    List<Sender> senders = new ArrayList<>();
    for (int i = 1; i <= CONNECTIONS; i++) {
      ExchangeListener listener = report.connection(null, i);
      Exchange exchange = Exchange.ofPassing(Limits.NONE, pool, listener);
      exchange.feed(Endpoint.CLIENT, bytes(SampleHandshake.request()));
      exchange.feed(Endpoint.SERVER, bytes(SampleHandshake.RESPONSE));
      senders.add(new Sender(exchange, Endpoint.CLIENT));
      senders.add(new Sender(exchange, Endpoint.SERVER));
    }
    return senders;
  }

  private static ByteBuffer bytes(String head) {
    return ByteBuffer.wrap(head.getBytes(ISO_8859_1));
  }

  /** Sends a fragment, or abandons a message, or sends a ping between. */
  private static void send(Sender sender, Random random, ByteArrayOutputStream expected) {
    int choice = random.nextInt(20);
    if (choice == 0) {
      sender.frame(0x89, new byte[] {'p'});
      return;
    }
    byte[] payload = new byte[random.nextInt(20)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) ('a' + random.nextInt(26));
    }
    // A message that begins inside another one abandons that.
    boolean starts = sender.open.size() == 0 || choice == 1;
    boolean last = random.nextInt(3) == 0;
    int opcode = 0;
    if (starts) {
      sender.text = random.nextBoolean();
      opcode = (sender.text ? Opcode.TEXT : Opcode.BINARY).code();
      sender.open.reset();
      payload = payload.length == 0 ? new byte[] {'x'} : payload;
    }
    sender.open.writeBytes(payload);
    sender.frame((last ? 0x80 : 0) | opcode, payload);
    if (last) {
      expected.writeBytes(sender.open.toByteArray());
      if (sender.text) {
        expected.write('\n');
      }
      sender.open.reset();
    }
  }
}
