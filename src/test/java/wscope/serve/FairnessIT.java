package wscope.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.support.RawClient;

/**
 * While one attacker is at work, an honest client gets its echoes without delay and is not dropped,
 * with 64 MiB of heap and with 512 MiB.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
class FairnessIT {
  private static final long ATTACK_NANOS = 2_000_000_000;

  /** The 99th percentile of an echo must stay below this on a quiet machine, in ns. */
  private static final long MOST_NANOS = 100_000_000;

  private static final byte[] HONEST = new byte[20];
  private static final byte[] BOMB = RawClient.compressed(new byte[(16 << 20) - 10]);

  private enum Attack {
    /** Unfinished messages of 16 KB that inflate to 16 MiB. */
    UNFINISHED_BOMBS("", true, 60) {
      @Override
      byte[] bytes() {
        byte[] bomb = BOMB.clone();
        bomb[0] = 0x42;
        return bomb;
      }
    },
    /** Three messages in each read that inflate to 16 MiB. */
    BOMBS("reply=none", true, 60) {
      @Override
      byte[] bytes() {
        return RawClient.join(BOMB, BOMB, BOMB);
      }
    },
    /** The same, each sent back compressed. */
    ECHOED_BOMBS("", true, 60) {
      @Override
      byte[] bytes() {
        return RawClient.join(BOMB, BOMB, BOMB);
      }
    },
    /** 150 bytes that become 131 072 frames. */
    FRAGMENTS("fragment=1&fault=rsv2-without-extension", true, 8) {
      @Override
      byte[] bytes() {
        return RawClient.compressed(new byte[131_072]);
      }
    },
    /** The same without a fault. */
    FRAGMENTED_ECHO("fragment=1", true, 8) {
      @Override
      byte[] bytes() {
        return RawClient.compressed(new byte[131_072]);
      }
    },
    /** Half frames. */
    HALF_FRAMES("", false, 900) {
      @Override
      byte[] bytes() {
        return Arrays.copyOf(RawClient.masked(2, new byte[100_000]), 50_000);
      }
    };

    private final String query;
    private final boolean compresses;
    private final int count;

    Attack(String query, boolean compresses, int count) {
      this.query = query;
      this.compresses = compresses;
      this.count = count;
    }

    abstract byte[] bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "64, UNFINISHED_BOMBS",
    "512, UNFINISHED_BOMBS",
    "64, BOMBS",
    "512, BOMBS",
    "64, ECHOED_BOMBS",
    "512, ECHOED_BOMBS",
    "64, FRAGMENTS",
    "512, FRAGMENTS",
    "64, FRAGMENTED_ECHO",
    "64, HALF_FRAMES",
    "512, HALF_FRAMES"
  })
  void anHonestClientIsServed(int heap, Attack attack) throws Exception {
    List<RawClient> attackers = new ArrayList<>();
    try (SoakServer server = SoakServer.withHeap(heap);
        RawClient honest = server.connect()) {
      honest.send(RawClient.crossOriginRequest());
      honest.head();
      List<Long> times = new ArrayList<>();
      echo(honest, times, 500_000_000);
      times.clear();
      Thread attacker = new Thread(() -> attack(server, attack, attackers), "attacker");
      attacker.start();
      echo(honest, times, ATTACK_NANOS);
      attacker.join();
      times.sort(null);
      long most = times.get(times.size() * 99 / 100);
      double limit = MOST_NANOS * crowding();
      assertTrue(most < limit, () -> attack + ": " + most / 1_000_000 + " ms");
      server.assertHealthy();
    } finally {
      for (RawClient client : attackers) {
        client.close();
      }
    }
  }

  /** How many times as many threads want to run as there are processors; at least 1. */
  private static double crowding() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
  }

  private static void echo(RawClient honest, List<Long> times, long nanos) throws IOException {
    byte[] sent = RawClient.masked(2, HONEST);
    byte[] expected = RawClient.plain(2, HONEST);
    long end = System.nanoTime() + nanos;
    long start = System.nanoTime();
    while (start < end) {
      honest.send(sent);
      honest.expect(expected);
      times.add(System.nanoTime() - start);
      start = System.nanoTime();
    }
  }

  private static void attack(SoakServer server, Attack attack, List<RawClient> attackers) {
    byte[] bytes = attack.bytes();
    try {
      for (int i = 0; i < attack.count; i++) {
        RawClient client = server.connect();
        attackers.add(client);
        client.send(
            attack.compresses
                ? RawClient.requestWithDeflate(attack.query)
                : RawClient.request(attack.query));
        assertEquals("HTTP/1.1 101", new String(client.head().getBytes(US_ASCII), 0, 12, US_ASCII));
        client.sendUntilBlocked(50, bytes, 1);
      }
    } catch (IOException e) {
      // The server has failed this connection, as it may.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
