package wscope.input.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wscope.input.dump.PacketDumps.ACK;
import static wscope.input.dump.PacketDumps.FIN;
import static wscope.input.dump.PacketDumps.SYN;
import static wscope.input.dump.PacketDumps.ethernet;
import static wscope.input.dump.PacketDumps.fromClient;
import static wscope.input.dump.PacketDumps.fromServer;
import static wscope.input.dump.PacketDumps.tcpdump;
import static wscope.input.dump.PacketDumps.tshark;
import static wscope.input.dump.PacketDumps.udp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;

class PacketMatcherTest {
  private static final String PING = "89 80 00 00 00 00";
  private static final String PONG = "8a 00";

  private final List<SkippedPackets> skipped = new ArrayList<>();

  private List<Candidate> find(String text) {
    return Found.in(text, new PacketMatcher(skipped::add));
  }

  @Test
  void theHeadersOfAPacketAreTakenOff() {
    String text = tcpdump(fromServer(7, ACK, "81 05 48 65 6c 6c 6f"));
    List<Candidate> found = find(text);
    assertEquals(1, found.size());
    assertEquals(Set.of(Evidence.PACKETS, Evidence.CHARACTERS), found.get(0).evidence());
    // The payload begins at byte 40 of the packet, in the middle of the third row.
    assertEquals(
        List.of("3 [8105 4865 6c6c 6f] 81 05 48 65 6c 6c 6f IN"), Found.pieces(text, found.get(0)));
  }

  @Test
  void aSynShowsTheClient() {
    String text =
        tcpdump(fromClient(99, SYN, ""))
            + tcpdump(fromServer(499, SYN | ACK, ""))
            + tcpdump(fromClient(100, ACK, PING))
            + tcpdump(fromServer(500, ACK, PONG))
            + tcpdump(fromClient(106, ACK | FIN, ""));
    assertEquals(List.of("89 80 00 00 00 00 CLIENT", "8a 00 SERVER"), sent(find(text).get(0)));
    assertEquals(List.of(new SkippedPackets(5, 1, Map.of("no payload", 3), 0, 0, 0)), skipped);
  }

  @Test
  void aRequestShowsTheClient() {
    String text =
        tcpdump(fromClient(100, ACK, "47 45 54 20 2f 20")) + tcpdump(fromServer(500, ACK, PONG));
    assertEquals(List.of("47 45 54 20 2f 20 CLIENT", "8a 00 SERVER"), sent(find(text).get(0)));
  }

  @Test
  void packetsAreJoinedBySequenceNumber() {
    String text =
        tcpdump(fromClient(99, SYN, ""))
            + tcpdump(fromClient(104, ACK, "00 00"))
            + tcpdump(fromClient(102, ACK, "00 00"))
            + tcpdump(fromClient(100, ACK, "89 80"))
            + tcpdump(fromClient(100, ACK, "89 80"));
    assertEquals(PING, Found.hex(find(text).get(0).bytes()));
    assertEquals(0, skipped.get(0).missing());
  }

  @Test
  void aRetransmissionMayOverlap() {
    String text =
        tcpdump(fromClient(100, ACK, "89 80 00")) + tcpdump(fromClient(101, ACK, "80 00 00 00 00"));
    assertEquals(PING, Found.hex(find(text).get(0).bytes()));
  }

  @Test
  void aRetransmissionMayDiffer() {
    String text =
        tcpdump(fromClient(100, ACK, PING)) + tcpdump(fromClient(100, ACK, "89 80 ff 00 00 ff"));
    assertEquals(PING, Found.hex(find(text).get(0).bytes()));
    assertEquals(List.of(new SkippedPackets(2, 1, Map.of(), 0, 0, 2)), skipped);
  }

  @Test
  void sequenceNumbersMayWrapAround() {
    String text =
        tcpdump(fromClient(-3, SYN, ""))
            + tcpdump(fromClient(1, ACK, "00 00 00"))
            + tcpdump(fromClient(-2, ACK, "89 80 00"));
    assertEquals(PING, Found.hex(find(text).get(0).bytes()));
  }

  @Test
  void bytesAfterAGapAreACandidateOfTheirOwn() {
    String text =
        tcpdump(fromClient(100, ACK, PING))
            + tcpdump(fromServer(500, ACK, PONG))
            + tcpdump(fromClient(110, ACK, "88 80 00 00 00 00"))
            + tcpdump(fromServer(502, ACK, "88 00"));
    assertEquals(
        List.of("89 80 00 00 00 00 8a 00 88 00", "88 80 00 00 00 00"),
        find(text).stream().map(each -> Found.hex(each.bytes())).toList());
    assertEquals(4, skipped.get(0).missing());
  }

  @Test
  void aPacketCutByTheCaptureIsCounted() {
    byte[] packet = fromClient(100, ACK, "81 88 00 00 00 00 61 62 63 64 65 66 67 68");
    String text = tcpdump(Arrays.copyOf(packet, packet.length - 5));
    assertEquals("81 88 00 00 00 00 61 62 63", Found.hex(find(text).get(0).bytes()));
    assertEquals(List.of(new SkippedPackets(1, 1, Map.of(), 1, 5, 0)), skipped);
  }

  @Test
  void otherProtocolsAreCounted() {
    String text =
        tshark(ethernet(udp()))
            + tshark(ethernet(fromClient(100, ACK, PING)))
            + tshark(ethernet(udp()));
    assertEquals(PING, Found.hex(find(text).get(0).bytes()));
    assertEquals(List.of(new SkippedPackets(3, 1, Map.of("UDP", 2), 0, 0, 0)), skipped);
  }

  @Test
  void otherViewsOfTheBytesAreNotPackets() {
    String text =
        "Frame (60 bytes):\n"
            + tshark(ethernet(fromClient(100, ACK, PING)))
            + "Unmasked data (20 bytes):\n"
            + tshark(new byte[20]);
    assertEquals(1, find(text).size());
    assertEquals(1, skipped.get(0).packets());
  }

  @Test
  void lineEndsOfWindowsChangeNothing() {
    String text = tcpdump(fromServer(7, ACK, PONG)).replace("\n", "\r\n");
    assertEquals(PONG, Found.hex(find(text).get(0).bytes()));
  }

  @Test
  void aCutTextGivesWhatItHas() {
    String text = tcpdump(fromClient(100, ACK, PING)) + tcpdump(fromServer(500, ACK, PONG));
    int lastRow = text.stripTrailing().lastIndexOf('\n');
    List<Candidate> found = find(text.substring(0, lastRow));
    assertEquals(PING, Found.hex(found.get(0).bytes()));
  }

  @Test
  void twoConnectionsAreTwoCandidates() {
    byte[] other = fromClient(100, ACK, "88 80 00 00 00 00");
    other[20] = 0x70;
    String text = tcpdump(fromClient(100, ACK, PING)) + tcpdump(other);
    assertEquals(
        List.of(PING, "88 80 00 00 00 00"),
        find(text).stream().map(each -> Found.hex(each.bytes())).toList());
  }

  @Test
  void otherDumpsAreNotPackets() {
    byte[] wrongChecksum = fromClient(100, ACK, PING);
    wrongChecksum[8] = 3;
    String wrongOffset = tcpdump(fromClient(100, ACK, PING)).replace("0x0000", "0x0040");
    for (String text :
        List.of(
            tcpdump(wrongChecksum),
            wrongOffset,
            tcpdump(new byte[64]),
            "0000: 8185 37fa 213d 7f9f 4d51 58\n",
            "12:00:00.000000 IP 10.0.0.1.50000 > 10.0.0.2.8080: Flags [P.], length 6\n")) {
      assertEquals(List.of(), find(text), text);
    }
    assertEquals(List.of(), skipped);
  }

  private static List<String> sent(Candidate candidate) {
    return candidate.pieces().stream()
        .map(piece -> Found.hex(piece.bytes()) + " " + piece.way())
        .toList();
  }
}
