package wscope.input.dump;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;
import wscope.packet.LinkType;
import wscope.packet.Packet;
import wscope.packet.TcpSegment;

/**
 * Finds dumps of whole packets and takes off what is around the bytes of TCP, such as Ethernet and
 * IP. Packets of a connection are one candidate, joined by sequence number.
 *
 * <pre>
 * 12:00:00.000000 IP 127.0.0.1.50000 &gt; 127.0.0.1.8080: Flags [P.], seq 1:12, length 11
 *         0x0000:  4500 003f 0001 4000 4006 3cb6 7f00 0001  E..?..@.@.&lt;.....
 * </pre>
 *
 * <p>{@code tcpdump -x}, {@code -X} and {@code -XX}, {@code tshark -x} and Wireshark's "Copy as Hex
 * Dump" print such packets.
 */
public final class PacketMatcher implements Matcher {
  private static final int SHORTEST_PACKET = 40;
  private static final String NO_PAYLOAD = "no payload";

  private final Consumer<SkippedPackets> skipped;
  private final RowScanner scanner = new RowScanner();

  public PacketMatcher() {
    this(packets -> {});
  }

  /**
   * @param skipped receives what was left out, once for each text that has packets
   */
  public PacketMatcher(Consumer<SkippedPackets> skipped) {
    this.skipped = skipped;
  }

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    Finding finding = new Finding(lines, found);
    BlockCollector blocks =
        new BlockCollector(
            lines,
            (block, other) -> {
              finding.add(block);
              if (other != null) {
                finding.add(other);
              }
            });
    for (int line = blocks.next(0); line < lines.count(); line = blocks.next(line + 1)) {
      blocks.scan(scanner, line);
    }
    blocks.end();
    finding.end();
  }

  /** The packets of a text. */
  private final class Finding {
    private final Lines lines;
    private final PacketStreams streams;
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final List<PacketText> unknown = new ArrayList<>();
    private @Nullable LinkType link;
    private int packets;
    private int cut;

    Finding(Lines lines, Consumer<Candidate> found) {
      this.lines = lines;
      streams = new PacketStreams(found);
    }

    /** Takes a block that may be a packet: it begins at offset 0 and is read as one dump. */
    void add(Block block) {
      if (!block.hasOffsets() || block.first().offset(16) != 0 || block.rows.size() < 2) {
        return;
      }
      List<Dump> dumps = BlockReader.read(block);
      if (dumps.size() != 1 || dumps.get(0).notation() != Notation.HEX) {
        return;
      }
      if (dumps.get(0).length() >= SHORTEST_PACKET || link != null) {
        add(new PacketText(lines.text(), dumps.get(0)));
      }
    }

    private void add(PacketText text) {
      LinkType guess = LinkType.guess(text.buffer());
      if (guess != null && Packet.of(guess, text.buffer()) instanceof TcpSegment segment) {
        link = guess;
        segment(text, segment);
      } else if (link == null) {
        unknown.add(text);
      } else {
        other(link, text);
      }
    }

    private void segment(PacketText text, TcpSegment segment) {
      packets++;
      cut += segment.missing() > 0 ? 1 : 0;
      if (!segment.payload().hasRemaining() && segment.missing() == 0) {
        reasons.merge(NO_PAYLOAD, 1, Integer::sum);
      }
      streams.add(text, segment);
    }

    /** A packet after one whose link type is known. Other views of its bytes are not packets. */
    private void other(LinkType known, PacketText text) {
      Packet packet = Packet.of(known, text.buffer());
      if (packet instanceof TcpSegment segment && streams.knows(segment)) {
        segment(text, segment);
      } else if (packet instanceof Packet.Skipped reason && isProtocol(reason)) {
        packets++;
        reasons.merge(reason.what(), 1, Integer::sum);
      }
    }

    private boolean isProtocol(Packet.Skipped packet) {
      return switch (packet.reason()) {
        case "UDP", "ICMP", "ICMPv6", "IGMP", "ARP", "SCTP", "GRE", "ESP", "IP in IP" -> true;
        case "IP fragment", "LLDP" -> true;
        default -> false;
      };
    }

    void end() {
      LinkType known = link;
      if (known == null) {
        return;
      }
      for (PacketText text : unknown) {
        other(known, text);
      }
      streams.finish();
      skipped.accept(
          new SkippedPackets(
              packets,
              streams.connections(),
              reasons,
              cut,
              streams.missing(),
              streams.differing()));
    }
  }
}
