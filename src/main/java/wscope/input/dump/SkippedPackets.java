package wscope.input.dump;

import java.util.Map;

/**
 * What the packets in a text have, and what was left out of them.
 *
 * @param packets how many packets the text has
 * @param connections how many TCP connections they belong to
 * @param skipped how many packets give no bytes, by reason: {@code UDP}, {@code ARP}, {@code no
 *     payload}; in the order of the text
 * @param cut how many packets end before their payload does
 * @param missing how many bytes the streams lack, because of that or because packets are missing
 * @param differing in how many bytes retransmissions differ from the first ones
 */
public record SkippedPackets(
    int packets,
    int connections,
    Map<String, Integer> skipped,
    int cut,
    long missing,
    long differing) {}
